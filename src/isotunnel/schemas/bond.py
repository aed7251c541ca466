"""The document of ``isotunnel bond``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of


class BondNumber(TypedDict):
    """An entry of `numbers`: computed, and published where it is known."""

    name: str
    value: float | None
    unit: str
    published: float | None
    source: str


class H2Depth(TypedDict):
    """An entry of `depths`."""

    basis: str
    depth_ev: float
    length_angstrom: float


class H2Point(TypedDict):
    """An entry of `curve` of H2."""

    distance_angstrom: float
    energies_ev: dict[str, float]


class H2Bond(TypedDict):
    """The value of `h2`."""

    curve: list[H2Point]
    depths: list[H2Depth]
    basis_error_ev: float


class H4Levels(TypedDict):
    """An entry of `levels`."""

    shape: Literal["tetrahedron", "square", "chain"]
    edge_angstrom: float
    singlets_ev: list[float]
    triplets_ev: list[float]


class H4Spacing(TypedDict):
    """An entry of `spacings`: tetrahedron and molecules whose middles are as far apart."""

    basis: str
    between_angstrom: float
    edge_angstrom: float
    pressure_gpa: float | None
    bond_angstrom: float
    molecules_ev: float
    tetrahedron_ev: float
    difference_ev: float
    spread_ev: float | None
    spin: Literal["singlet", "triplet"]


class H4Passage(TypedDict):
    """An entry of `passages`."""

    bond_angstrom: float
    between_angstrom: float
    tetrahedral: bool
    level_ev: float
    pass_within_ev: float
    pass_all_ev: float
    pressure_gpa: float | None


class H4Bond(TypedDict):
    """The value of `h4`."""

    levels: list[H4Levels]
    spacings: list[H4Spacing]
    passages: list[H4Passage]
    square_crossings_bohr: dict[str, float | None]
    splitting_hartree: float
    below_molecules_gpa: float | None
    ground_state_gpa: float | None


class PairEnergy(TypedDict):
    """An entry of `curve` of He2, and its `deepest`."""

    basis: str
    distance_angstrom: float
    total_k: float
    electrostatic_k: float
    exchange_k: float
    dispersion_k: float
    rest_k: float


class AtomShape(TypedDict):
    """An entry of `shapes`."""

    distance_angstrom: float
    dipole_plane_ea: float
    dipole_hirshfeld_ea: float
    quadrupole_plane_ea2: float
    quadrupole_hirshfeld_ea2: float
    quadrupole_plane_undeformed_ea2: float
    quadrupole_energy_k: float


class DensityChange(TypedDict):
    """The value of `change`."""

    distance_angstrom: float
    step_angstrom: float
    values: list[list[float]]


class HeliumPair(TypedDict):
    """The value of `he2`."""

    curve: list[PairEnergy]
    larger: list[PairEnergy]
    deepest: PairEnergy
    shapes: list[AtomShape]
    change: DensityChange


class TrioEnergy(TypedDict):
    """An entry of `he3`."""

    basis: str
    side_angstrom: float
    side_bohr: float
    three_body_mk: float
    hartree_fock_mk: float
    pairs_k: float


class Bond(TypedDict):
    """What ``isotunnel bond --json`` prints."""

    schema: Literal["isotunnel.bond/1"]
    molecule: Annotated[str, Of("series.name")]
    title: Annotated[str, Of("series.title")]
    shipped: Annotated[bool, Of("series.shipped")]
    method: Annotated[str, Of("series.settings.method")]
    versions: Annotated[dict[str, str], Of("series.versions")]
    numbers: list[BondNumber]
    h2: H2Bond | None
    h4: H4Bond | None
    he2: HeliumPair | None
    he3: list[TrioEnergy]


class BondPoints(TypedDict):
    """What ``isotunnel bond --distance --json`` prints."""

    schema: Literal["isotunnel.bond_points/1"]
    molecule: Annotated[str, Of("name")]
    title: str
    method: Annotated[str, Of("settings.method")]
    versions: dict[str, str]
    points: list[dict[str, object]]

"""The descriptors for models of others, with the interface of matminer's featurizers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from isotunnel.errors import IsotunnelError
from isotunnel.screening.columns import ScreenColumn, all_columns
from isotunnel.screening.one_crystal import packed
from isotunnel.screening.settings import Settings

_CRYSTAL = (
    "rank",
    "space_group_number",
    "volume_per_atom_angstrom3",
    "mass_density_g_cm3",
    "packing_covalent",
    "h_fraction",
)
_OF_FREE_ATOMS = ("atomic", "density")
"""Readings that superposed free atoms can answer."""


class TunnelFeaturizer:
    """Numbers that describe a crystal's tunnels.

    ``featurize`` takes a pymatgen Structure, ASE Atoms or whatever :func:`~isotunnel.as_atoms`
    reads, and gives a list of floats, NaN where there is no value. The methods are those of
    matminer's ``BaseFeaturizer`` (Ward et al., Comput. Mater. Sci. 152, 60 (2018)), which is not
    needed.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._columns = tuple(c for c in all_columns() if self._wanted(c))

    def _wanted(self, column: ScreenColumn) -> bool:
        if column.kind not in ("number", "count") or column.is_error:
            return False
        if column.name in _CRYSTAL:
            return True
        if column.engine:
            return column.engine in ("procrystal", self.settings.engine)
        if self.settings.engine == "procrystal":
            return column.quantity != "" and column.of in _OF_FREE_ATOMS
        return column.quantity != ""

    def fit(self, _structures: Any = None, _targets: Any = None) -> TunnelFeaturizer:
        """Nothing is learned; there for the interface."""
        return self

    def featurize(self, structure: Any) -> list[float]:
        """The numbers of one crystal, in the order of :meth:`feature_labels`.

        Raises:
            InputError: the crystal cannot be used.
            EngineError: the engine gave no result.
        """
        from isotunnel.crystal import as_atoms
        from isotunnel.screening.worker import compute

        values = compute(packed(as_atoms(structure)), self.settings)
        return [float("nan") if values.get(n) is None else float(values[n]) for n in self._names]

    def featurize_many(
        self, structures: Iterable[Any], ignore_errors: bool = False
    ) -> list[list[float]]:
        """One list for each; with ``ignore_errors`` a crystal that fails has only NaN."""
        rows = []
        for structure in structures:
            try:
                rows.append(self.featurize(structure))
            except IsotunnelError:
                if not ignore_errors:
                    raise
                rows.append([float("nan")] * len(self._columns))
        return rows

    def feature_labels(self) -> list[str]:
        """Names with units, those of the dataset's columns."""
        return list(self._names)

    def feature_units(self) -> list[str]:
        """Unit of each, "1" where there is none."""
        return [c.unit for c in self._columns]

    def feature_meanings(self) -> list[str]:
        """Each in words."""
        return [c.meaning for c in self._columns]

    def citations(self) -> list[str]:
        """What to cite, BibTeX."""
        return [_ISOTUNNEL, *(() if self.settings.engine != "gpaw" else (_GPAW,))]

    def implementors(self) -> list[str]:
        """Who wrote it."""
        return ["The Isotunnel developers"]

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self._columns)


_ISOTUNNEL = "@software{isotunnel, title={Isotunnel}, author={{The Isotunnel developers}}}"
_GPAW = (
    "@article{gpaw2024, title={GPAW: An open Python package for electronic structure "
    "calculations}, author={Mortensen, J. J. and others}, journal={J. Chem. Phys.}, volume={160}, "
    "pages={092503}, year={2024}, doi={10.1063/5.0182685}}"
)

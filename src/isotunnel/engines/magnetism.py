"""What a spin-polarised calculation found out about a crystal's magnetic moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

MagneticOrder = Literal["non-magnetic", "ferromagnetic", "antiferromagnetic", "ferrimagnetic"]

NEGLIGIBLE_MOMENT = 0.02
"""Bohr magnetons on an atom: less is none. Starts that collapse end below 0.005 (measured)."""

INDUCED_SHARE = 0.15
"""Moments against the others count as order of their own from this share of those on."""

COMPENSATED_SHARE = 0.02
"""A total below this share of the moments' sum is none."""


@dataclass(frozen=True)
class SpinChannel:
    """Levels of the electrons of one spin.

    Attributes:
        spin: "up" is the spin of the majority.
        vbm_ev: highest filled level; the Fermi level where this channel is metallic, None where it
            has no electrons.
        cbm_ev: lowest empty level; likewise.
        band_gap_ev: their distance, 0 in a metallic channel; likewise.
        dos_fermi: states per eV and cell at the Fermi level.
    """

    spin: Literal["up", "down"]
    vbm_ev: float | None
    cbm_ev: float | None
    band_gap_ev: float | None
    dos_fermi: float


@dataclass(frozen=True)
class MagneticStart:
    """One self-consistent run among those that the state was chosen from.

    Attributes:
        name: "non-magnetic", "ferromagnetic", "antiferromagnetic" or "as given".
        start_mu_b: per atom, where it began.
        found_mu_b: per atom, where it ended; empty where it failed.
        energy_ev: of the cell, relative to the lowest of all; None where it failed.
        failed: why, "" where it did not.
    """

    name: str
    start_mu_b: tuple[float, ...]
    found_mu_b: tuple[float, ...] = ()
    energy_ev: float | None = None
    failed: str = ""


@dataclass(frozen=True)
class Magnetism:
    """The magnetic state of lowest energy among the starts that were tried; collinear moments.

    Attributes:
        order: by the signs of ``moments_mu_b``; small moments induced against large ones
            (less than :data:`INDUCED_SHARE`) are left out of the name.
        moment_mu_b: of the cell, Bohr magnetons, not negative.
        moments_mu_b: per atom, inside its augmentation sphere; they need not add up to the cell's.
        channels: levels by spin; empty in a non-magnetic crystal, whose channels are alike.
        tried: the starts, the one chosen first.
    """

    order: MagneticOrder
    moment_mu_b: float
    moments_mu_b: tuple[float, ...]
    channels: tuple[SpinChannel, ...]
    tried: tuple[MagneticStart, ...]

    @property
    def magnetic(self) -> bool:
        """Whether any atom carries a moment."""
        return self.order != "non-magnetic"

    @property
    def gain_ev(self) -> float | None:
        """Energy per cell below the non-magnetic state; None where that was not computed."""
        paired = next((s.energy_ev for s in self.tried if s.name == "non-magnetic"), None)
        return paired if self.magnetic else None

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Magnetism:
        """The state that ``dataclasses.asdict`` and JSON made plain values of."""
        return cls(
            order=plain["order"],
            moment_mu_b=plain["moment_mu_b"],
            moments_mu_b=tuple(plain["moments_mu_b"]),
            channels=tuple(SpinChannel(**c) for c in plain["channels"]),
            tried=tuple(
                MagneticStart(
                    **{
                        **t,
                        "start_mu_b": tuple(t["start_mu_b"]),
                        "found_mu_b": tuple(t["found_mu_b"]),
                    }
                )
                for t in plain["tried"]
            ),
        )


def magnetic_order(moments_mu_b: Sequence[float], total_mu_b: float) -> MagneticOrder:
    """The order by the signs of the atoms' moments and the cell's moment."""
    carried = [m for m in moments_mu_b if abs(m) >= NEGLIGIBLE_MOMENT]
    if not carried:
        return "non-magnetic"
    up = sum(m for m in carried if m > 0)
    down = -sum(m for m in carried if m < 0)
    if min(up, down) < INDUCED_SHARE * max(up, down):
        return "ferromagnetic"
    if abs(total_mu_b) < COMPENSATED_SHARE * (up + down):
        return "antiferromagnetic"
    return "ferrimagnetic"


def in_words(magnetism: Magnetism) -> str:
    """One line, such as "ferromagnetic, 2.246 mu_B per cell"."""
    if not magnetism.magnetic:
        return "non-magnetic"
    words = f"{magnetism.order}, {magnetism.moment_mu_b:.3f} mu_B per cell"
    if magnetism.order != "ferromagnetic":
        largest = max(abs(m) for m in magnetism.moments_mu_b)
        words += f", up to {largest:.3f} on an atom"
    gain = magnetism.gain_ev
    return words if gain is None else f"{words}, {gain:.3f} eV below the non-magnetic state"

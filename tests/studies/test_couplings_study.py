"""Tunnels and computed couplings: made-up worlds with one right answer; what is shipped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

import make_couplings_study
from isotunnel.crystal.elements import group_of
from isotunnel.errors import InputError
from isotunnel.evidence.statistics import rank_correlation
from isotunnel.studies.couplings.plan import (
    BEYOND,
    BY_ITSELF,
    DFT,
    NONE,
    PROCRYSTAL,
    QUANTITIES,
)
from isotunnel.studies.couplings.resample import grouped_rank_interval, resampled
from isotunnel.studies.couplings.shipped import (
    digest_of,
    packed_left_out,
    shipped_left_out,
    shipped_pairings,
)
from isotunnel.studies.couplings.study import Pairing, left_out, pairings, ranked, usable
from isotunnel.studies.couplings.table import (
    DUPLICATE,
    NOT_YET,
    Coupled,
    couplings_table,
    joined,
    packed_table,
)
from isotunnel.studies.world import fit
from isotunnel.studies.world.plan import TREES


def _words(text: str) -> list[str]:
    return text.split()


METALS = _words("Sc Ti V Cr Mn Fe Co Ni Cu Y Zr Nb Mo Ru Rh Pd Ag La Hf Ta W Re Os Ir")
OTHERS = _words("B C N O Al Si P S Ga Ge As Se")


@pytest.fixture(autouse=True)
def small_trees(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer trees than the plan's; what is shipped is made with all."""
    if "shipped" not in request.node.name:
        monkeypatch.setattr(fit, "TREES", TREES | {"max_iter": 40, "learning_rate": 0.2})


def world(seed: int = 3) -> list[Coupled]:
    """288 crystals: the gap decides lambda, the column of the metal omega_log, nothing decides Tc.

    The anisotropy follows the column of the metal too, and so knows of omega_log only what the
    composition knows.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for metal in METALS:
        for other in OTHERS:
            gap, noise = rng.normal(size=2)
            column = group_of(metal) / 3
            values = {
                "lambda_ep": float(np.exp(0.5 * gap + 0.1 * noise)),
                "omega_log_k": 300 - 40 * column + float(rng.normal()),
                "tc_k": float(np.exp(rng.normal())),
                "gap_atomic_3d_ev": gap,
                "anisotropy_procrystal_potential_ev": column + 0.05 * float(rng.normal()),
                "rank_atomic": 3.0,
            }
            rows.append(Coupled(f"{metal}{other}", f"{metal}{other}", "done", "", values))
    return rows


def _by_pair(rows: list[Coupled]) -> Mapping[tuple[str, str], Pairing]:
    return {(p.descriptor, p.quantity): p for p in pairings(rows, left_out(rows))}


def test_what_decides_is_informed_what_follows_composition_is_not() -> None:
    found = _by_pair(world())
    assert len(found) == len(PROCRYSTAL.descriptors) * len(QUANTITIES)
    assert found["gap_atomic_3d_ev", "lambda_ep"].verdict == BEYOND
    by_column = found["anisotropy_procrystal_potential_ev", "omega_log_k"]
    assert by_column.plain is not None
    assert by_column.plain[0] < -0.9
    assert by_column.verdict == BY_ITSELF
    for descriptor in ("gap_atomic_3d_ev", "anisotropy_procrystal_potential_ev"):
        assert found[descriptor, "tc_k"].verdict == NONE
    constant = found["rank_atomic", "lambda_ep"]
    assert (constant.plain, constant.verdict) == (None, "")
    assert found["gap_density_3d", "tc_k"].rows == 0


def test_resamples_are_those_of_rows_written_out() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.integers(6, size=40).astype(float), rng.normal(size=40)
    times = rng.integers(4, size=(5, 40)).astype(float)
    for row, found in zip(times, resampled(x, y, times), strict=True):
        again = np.repeat(np.arange(40), row.astype(int))
        assert found == pytest.approx(rank_correlation(x[again], y[again]))
    value, low, high = grouped_rank_interval(x, y + x, [str(n % 13) for n in range(40)], 0.95)
    assert low < value < high


def test_rows_that_the_plan_leaves_out() -> None:
    done = world()[0]
    odd = [
        Coupled("a", "NbC", "done", "", {**done.values, "lambda_ep": 4.1}),
        Coupled("b", "NbC", "done", "", {**done.values, "omega_log_k": 0.0}),
        Coupled("c", "NbC", "failed", "timeout", done.values),
        Coupled("d", "NbC", DUPLICATE, "", done.values),
        Coupled("e", "NbC", NOT_YET, "", done.values),
        Coupled("f", "NbC", "done", "", {"lambda_ep": 1.0}),
    ]
    kept, dropped = usable([done, *odd])
    assert kept == [done]
    assert dropped == {
        "lambda above 4": 1,
        "lambda or omega_log not positive": 1,
        "screen failed: timeout": 1,
        DUPLICATE: 1,
        NOT_YET: 1,
        "lambda, omega_log or Tc not listed": 1,
    }


def test_ranks_keep_what_is_unknown_unknown() -> None:
    assert ranked(np.array([5.0, np.nan, 7.0])) == pytest.approx([0.5, np.nan, 1.0], nan_ok=True)


def test_a_screen_and_the_list_are_joined() -> None:
    listed = [
        {"jid": f"J-{n}", "formula": "NbC", "lambda_ep": "1", "omega_log_K": "2", "Tc_K": t}
        for n, t in enumerate(("3", "", "4", "5"))
    ]
    screened = dict.fromkeys(PROCRYSTAL.columns, 1.5) | {
        "threshold_procrystal_potential_3d_ev": 4.0,
        "threshold_procrystal_potential_1d_ev": 1.0,
        "gap_density_3d": None,
    }
    base = {"status": "done", "reason": None, "duplicate_of": None, **screened}
    rows = joined(
        listed,
        [
            {**base, "source": "x.tar/J-0.vasp"},
            {**base, "source": "J-1.vasp", "duplicate_of": "y"},
            {**base, "source": "J-2.vasp", "status": "failed", "reason": "engine"},
        ],
    )
    assert [r.status for r in rows] == ["done", DUPLICATE, "failed", NOT_YET]
    assert rows[0].values["anisotropy_procrystal_potential_ev"] == 3.0
    assert "gap_density_3d" not in rows[0].values
    assert rows[2].values == {"lambda_ep": 1.0, "omega_log_k": 2.0, "tc_k": 4.0}
    with pytest.raises(InputError, match="no column 'lambda_ep'"):
        joined([{"jid": "J", "formula": "X"}], [])


def test_files_come_back_and_refuse_another_table(tmp_path: Path) -> None:
    rows = tuple(world())
    table, fits = tmp_path / "t.gz", tmp_path / "f.gz"
    table.write_bytes(packed_table(rows))
    assert packed_table(couplings_table(table)) == packed_table(rows)
    said = {n: np.full(3, 0.25) for n in (*QUANTITIES, *PROCRYSTAL.descriptors)}
    said["tc_k"] = np.array([0.5, np.nan, 1.0])
    fits.write_bytes(packed_left_out(said, digest_of(rows)))
    back = shipped_left_out(digest_of(rows), fits)
    assert back["tc_k"] == pytest.approx([0.5, np.nan, 1.0], nan_ok=True)
    with pytest.raises(InputError, match="another table"):
        shipped_left_out("0", fits)
    with pytest.raises(InputError, match="no table of couplings"):
        couplings_table(fits)


def test_the_script_writes_what_the_study_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa

    row = dict.fromkeys(PROCRYSTAL.columns, 1.0) | {
        "status": "done",
        "reason": None,
        "duplicate_of": None,
    }
    answer = pa.Table.from_pylist([{**row, "source": "J-1.vasp"}])
    monkeypatch.setattr(make_couplings_study, "ask", lambda *_: answer)
    (tmp_path / "index.csv").write_text("jid,formula,lambda_ep,omega_log_K,Tc_K\nJ-1,NbC,1,2,3\n")
    arguments = [str(tmp_path), str(tmp_path / "index.csv"), "--output", str(tmp_path)]
    assert make_couplings_study.main(arguments) == 0
    rows = couplings_table(tmp_path / "couplings.csv.gz")
    assert [r.status for r in rows] == ["done"]
    assert len(shipped_left_out(digest_of(rows), tmp_path / "left_out.csv.gz")["tc_k"]) == 1


def test_shipped_pairs_can_be_told() -> None:
    rows = couplings_table()
    kept, dropped = usable(rows)
    assert len(rows) == len(kept) + sum(dropped.values()) == 1056
    found = shipped_pairings()
    assert len(found) == len(PROCRYSTAL.descriptors) * len(QUANTITIES)
    assert sum(p.plain is not None for p in found) >= 30
    assert all(p.rows >= PROCRYSTAL.fewest_rows for p in found if p.plain is not None)


def test_descriptors_by_dft_are_made_of_columns_of_the_screen() -> None:
    from isotunnel.screening import all_columns

    assert set(DFT.columns) <= {c.name for c in all_columns()}
    assert set(PROCRYSTAL.columns) <= {c.name for c in all_columns()}
    listed = [{"jid": "J", "formula": "NbC", "lambda_ep": "1", "omega_log_K": "2", "Tc_K": "3"}]
    row = dict.fromkeys(DFT.columns, 0.5) | {
        "source": "J.vasp", "status": "done", "reason": None, "duplicate_of": None,
        "threshold_gpaw_elf_1d": 0.7, "threshold_gpaw_elf_3d": 0.4,
        "dos_fermi_per_ev_cell": 3.0, "n_atoms": 2,
    }  # fmt: skip
    found = joined(listed, [row], DFT)[0].values
    assert found["anisotropy_gpaw_elf"] == pytest.approx(0.3)
    assert found["dos_fermi_per_ev_atom"] == pytest.approx(1.5)
    assert "threshold_gpaw_elf_3d" not in found


def test_rows_of_an_earlier_run_by_dft_are_kept(tmp_path: Path) -> None:
    done = {"phi": 0.5, "lambda_ep": 1.0, "omega_log_k": 2.0, "tc_k": 3.0}
    earlier = [Coupled("a", "NbC", "done", "", done), Coupled("b", "TaC", "done", "", done)]
    table = tmp_path / "networking.csv.gz"
    table.write_bytes(packed_table(earlier, DFT))
    fresh = Coupled("b", "TaC", "done", "", {**done, "phi": 0.6})
    now = [Coupled("a", "NbC", NOT_YET, "", {}), fresh, Coupled("c", "VC", NOT_YET, "", {})]
    kept = make_couplings_study.with_earlier(now, table)
    assert [(r.id, r.values["phi"]) for r in kept] == [("a", 0.5), ("b", 0.6)]
    assert make_couplings_study.with_earlier(now, tmp_path / "none") == [fresh]


def test_shipped_networking_values_are_levels_of_an_elf() -> None:
    rows = couplings_table(what=DFT)
    kept, dropped = usable(rows)
    assert len(rows) == len(kept) + sum(dropped.values()) >= 150
    for row in kept:
        assert 0 < row.values["phi"] <= row.values["threshold_gpaw_elf_1d"] <= 1
        assert row.values["anisotropy_gpaw_elf"] >= 0
        assert row.values["dos_fermi_per_ev_atom"] >= 0
    found = shipped_pairings(DFT)
    assert len(found) == len(DFT.descriptors) * len(QUANTITIES)
    assert all((p.plain is None) == (p.rows < DFT.fewest_rows) for p in found)


@pytest.mark.slow
def test_shipped_fits_are_those_of_the_shipped_table() -> None:
    rows = couplings_table()
    again = left_out(usable(rows)[0])
    there = shipped_left_out(digest_of(rows))
    for name, values in again.items():
        assert there[name] == pytest.approx(values, abs=1e-4, nan_ok=True)

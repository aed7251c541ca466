"""What ``isotunnel pairing`` prints and writes of a live run, on made-up results: no DFT."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from ase import Atoms
from ase.build import bulk
from command import isotunnel

from isotunnel import schemas
from isotunnel.analysis.pairing import PairingSettings, along_pressure
from isotunnel.errors import CannotSay
from made_up_pairing import made_up_result

NIOBIUM = bulk("Nb", "bcc", 3.3)


@pytest.fixture
def asked(monkeypatch):
    """A run that gives a made-up result; the settings that it was asked with."""
    found: list[PairingSettings] = []

    def run(_crystal, *, settings, **_):
        found.append(settings)
        return made_up_result(NIOBIUM, settings)

    monkeypatch.setattr("isotunnel.analysis.pairing.pairing", run)
    return found


@pytest.fixture
def unstable(monkeypatch):
    result = made_up_result(NIOBIUM, lowest_ev=-0.012)
    monkeypatch.setattr("isotunnel.analysis.pairing.pairing", lambda *_, **__: result)
    return result


def _at_pressures(monkeypatch, by_pressure):
    """Makes a scan get these results, or the reasons why there are none."""

    def run(_crystal, *, pressure_gpa, **_):
        result = by_pressure[pressure_gpa]
        if isinstance(result, str):
            raise CannotSay(result)
        return result

    monkeypatch.setattr(along_pressure, "paired", run)


def _rows(outcome):
    return list(csv.DictReader(outcome.out.splitlines()))


@pytest.mark.usefixtures("asked")
def test_a_result_is_shown_with_its_atoms_and_range():
    shown = isotunnel("pairing", "Nb")
    assert shown.status == 0
    result = made_up_result(NIOBIUM)
    own = result.members[0].scattering
    assert f"N(E_F) {result.density_per_ev_spin:.3f} ± 0.020 per eV" in shown.out
    for words in ("radius (bohr)", "sp", "pd", "df", "eta", "M/<w^-2>", "lambda"):
        assert words in shown.out
    (line,) = (text for text in shown.out.splitlines() if "Nb" in text)
    for value in (own.hopfield_ev_per_angstrom2, own.mesh_error, result.members[0].coupling):
        assert f"{value:.3f}" in line
    assert f"Tc {result.tc_allen_dynes_k:.3g} K (Allen-Dynes)" in shown.out
    assert f"expected from {result.range.lambda_low:.2f}" in shown.out
    assert f"isotope exponent {result.isotope_exponent:.3f}" in shown.out
    assert f"Tc {result.flat.tc_k:.3g} K" in shown.out
    assert "a doubt" in shown.err
    assert "…" not in isotunnel("pairing", "Nb", COLUMNS="80").out


def test_options_reach_the_settings(asked):
    isotunnel("pairing", "Nb", "--dense-spacing", "0.1", "--spin", "off", "--mu-star", "0.1")
    isotunnel("pairing", "Nb", "--kpoints", "0.2", "--mu-star", "bennemann-garland")
    (first, second) = asked
    assert (first.dense_spacing, first.gpaw.spin, first.mu_star) == (0.1, "off", 0.1)
    assert (second.dense_spacing, second.gpaw.spin) == (PairingSettings().dense_spacing, "auto")
    assert (second.gpaw.kpoint_spacing, second.mu_star) == (0.2, None)


@pytest.mark.usefixtures("asked")
def test_a_table_has_range_and_warnings():
    (row,) = _rows(isotunnel("pairing", "Nb", "--csv"))
    known = made_up_result(NIOBIUM).range
    assert float(row["lambda_high"]) == pytest.approx(known.lambda_high)
    assert float(row["tc_low_k"]) == pytest.approx(known.tc_low_k)
    assert row["range_crystals"] == str(known.crystals)
    first, second = row["warnings"].split("; ", 1)
    assert first == "a doubt"
    assert second.startswith("so large a lambda is hardly checked")


def test_an_unstable_crystal_is_an_answer_without_tc(unstable):
    shown = isotunnel("pairing", "Nb")
    assert shown.status == 0
    assert "no Tc: imaginary modes (the strongest 12.0 meV i" in " ".join(shown.out.split())
    assert "Allen-Dynes" not in shown.out
    told = isotunnel("pairing", "Nb", "--json").json
    schemas.validated(schemas.Pairing, told)
    assert told["cannot_say"] == unstable.unstable
    (row,) = _rows(isotunnel("pairing", "Nb", "--csv"))
    assert (row["stable"], row["tc_allen_dynes_k"], row["tc_high_k"]) == ("false", "", "")
    assert row["cannot_say"] == unstable.unstable


def test_a_scan_is_shown_drawn_and_told(monkeypatch, tmp_path):
    stable = made_up_result(NIOBIUM)
    unstable = made_up_result(NIOBIUM, lowest_ev=-0.012)
    lower = replace(stable, tc_allen_dynes_k=stable.tc_allen_dynes_k - 10.0)
    _at_pressures(monkeypatch, {0.0: stable, 10.0: lower, 20.0: unstable, 30.0: "an insulator"})
    pressures = ("--pressure", "0:30:10")
    shown = isotunnel("pairing", "Nb", *pressures, "--figures", tmp_path)
    assert shown.status == 0
    for words in ("Nb, rigid muffin tins", "isotope", "imaginary modes", "an insulator"):
        assert words in shown.out
    (line,) = (text for text in shown.out.splitlines() if text.startswith("│     0 "))
    cells = line.split("│")[1:-1]
    eta = stable.members[0].scattering.hopfield_ev_per_angstrom2
    assert float(cells[1]) == pytest.approx(eta, abs=1e-3)
    assert float(cells[4]) == pytest.approx(stable.tc_allen_dynes_k, abs=1e-3)
    assert float(cells[6]) == pytest.approx(stable.isotope_exponent, abs=1e-3)
    assert "dTc/dP -1 K/GPa" in shown.out
    assert "…" not in isotunnel("pairing", "Nb", *pressures, COLUMNS="80").out
    rows = _rows(isotunnel("pairing", "Nb", *pressures, "--csv"))
    assert [float(r["asked_gpa"]) for r in rows] == [0, 10, 20, 30]
    assert [bool(r["lambda"]) for r in rows] == [True, True, False, False]
    assert [r["cannot_say"] for r in rows] == ["", "", unstable.unstable, "an insulator"]
    told = isotunnel("pairing", "Nb", *pressures, "--json").json
    schemas.validated(schemas.PairingScan, told)
    assert [p["cannot_say"] is None for p in told["points"]] == [True, True, False, False]
    assert (tmp_path / "Nb-pairing-pressure.png").read_bytes().startswith(b"\x89PNG")
    drawn = (tmp_path / "Nb-pairing-pressure.svg").read_text("utf-8")
    for words in ("Tc, K", "lambda (no unit)", "pressure asked for, GPa", "Allen-Dynes",
                  "Eliashberg", "unstable, no Tc", "linear response"):  # fmt: skip
        assert words in drawn


def test_a_tc_that_is_none_is_no_power_of_ten(monkeypatch):
    """Allen and Dynes gave aluminium at 10 GPa 7e-28 K, beside 0 K by Eliashberg's equations."""
    cold = replace(made_up_result(NIOBIUM), tc_allen_dynes_k=7e-28, tc_eliashberg_k=0.0)
    monkeypatch.setattr("isotunnel.analysis.pairing.pairing", lambda *_, **__: cold)
    shown = isotunnel("pairing", "Nb").out
    assert "Tc below 0.001 K (Allen-Dynes), below 0.001 K (Eliashberg)" in shown
    assert "e-28" not in shown
    assert "Tc below 0.001 K (Allen-Dynes)" in isotunnel("pairing", "Cu", "--stored").out


def test_a_scan_without_any_result_has_a_name_and_ends_in_one_line(monkeypatch, tmp_path):
    """The title was ", rigid muffin tins" once, and the files had no name."""
    _at_pressures(monkeypatch, {0.0: "an insulator", 5.0: "no waves"})
    asked = ("pairing", "Nb", "--pressure", "0,5")
    outcome = isotunnel(*asked, "-o", tmp_path, "--figures", tmp_path)
    assert outcome.status == 4
    assert outcome.out.startswith("Nb, rigid muffin tins")
    assert outcome.err.endswith("no pressure has a result; the first: an insulator\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Nb-pairing.csv", "Nb-pairing.json"]
    rows = csv.DictReader((tmp_path / "Nb-pairing.csv").read_text("utf-8").splitlines())
    assert [r["cannot_say"] for r in rows] == ["an insulator", "no waves"]
    assert isotunnel(*asked, "--json").json["name"] == "Nb"


@pytest.mark.parametrize("symbol", ["Po", "Tc", "U"])
@pytest.mark.parametrize("more", [(), ("--pressure", "10")], ids=["as given", "relaxed"])
def test_an_element_without_a_data_set_is_told_before_any_dft(symbol, more, monkeypatch, tmp_path):
    pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")
    pytest.importorskip("phonopy")
    from isotunnel.engines.gpaw_pw import ground_state, relax, scf
    from isotunnel.engines.gpaw_pw.scatterers import compute

    def never(*_, **__):
        raise AssertionError("a run was begun")

    for module in (scf, compute, ground_state, relax):
        monkeypatch.setattr(module, "run_scf", never, raising=False)
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "POSCAR"
    Atoms(symbol, cell=[3.3] * 3, pbc=True).write(path, format="vasp")
    outcome = isotunnel("pairing", path, *more)
    assert (outcome.status, outcome.out) == (4, "")
    assert f"no PBE data set for {symbol}" in outcome.problem

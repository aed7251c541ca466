"""Which measured rows are fitted: all counted, none across a transition, traps avoided."""

from __future__ import annotations

from collections import Counter

import pytest

from isotunnel.errors import CannotSay, InputError
from isotunnel.matter import material
from isotunnel.measured import find_row, table
from isotunnel.studies.fits.boundaries import BOUNDARIES
from isotunnel.studies.fits.run import fit_metals
from isotunnel.studies.fits.select import FEWEST_POINTS, LOWEST_K, metals, select


@pytest.fixture(scope="module")
def chosen():
    found = {}
    for name in metals():
        try:
            found[name] = select(name)
        except CannotSay:
            continue
    return found


def test_there_are_metals(chosen):
    assert {"Al", "Cu", "Ag", "Au", "W"} <= set(chosen)


def test_every_row_is_used_or_dropped_with_a_reason(chosen):
    rows = table("resistivity_vs_temperature")
    for name, selection in chosen.items():
        ids = [u.row for u in selection.used] + [d.row for d in selection.dropped]
        assert Counter(ids) == Counter(r.id for r in rows.where(element=name))
        assert all(d.reason for d in selection.dropped)
        assert len(selection.used) == len(selection.points) >= FEWEST_POINTS


def test_points_are_the_rows_of_the_table(chosen):
    for selection in chosen.values():
        for used, t, rho in zip(
            selection.used,
            selection.points.temperature_k,
            selection.points.rho_uohm_cm,
            strict=True,
        ):
            row = find_row(used.row)
            assert (row["temperature_k"], row["resistivity_microohm_cm"]) == (t, rho)
            assert used.source == row.source


def test_no_liquid_no_lone_value_nothing_cold(chosen):
    for selection in chosen.values():
        for used in selection.used:
            row = find_row(used.row)
            assert row["state"] == "solid"
            assert row["kind"] != "single"
            assert row.grade != "D"
            assert used.temperature_k >= LOWEST_K


def test_nothing_across_a_transition(chosen):
    for name, selection in chosen.items():
        substance = material(name)
        hottest = selection.points.temperature_k[-1]
        assert hottest < substance.melting_k
        for edge in BOUNDARIES:
            assert edge.metal != name or hottest < edge.temperature_k
    reasons = " ".join(d.reason for d in chosen["Zr"].dropped)
    assert "another phase" in reasons
    assert any("Curie" in d.reason for d in chosen["Fe"].dropped)


def test_the_aluminium_fit_is_not_used_where_it_is_wrong(chosen):
    curves = [u.temperature_k for u in chosen["Al"].used if u.curve]
    assert curves
    assert min(curves) > 300
    assert any("smooth curve" in r for r in chosen["Al"].remarks)


def test_a_source_that_disagrees_is_left_out(chosen):
    assert any("differs from the first by" in d.reason for d in chosen["Co"].dropped)
    assert len({u.source for u in chosen["Co"].used}) == 1


def test_magnets_are_named(chosen):
    assert any("ferromagnetic" in r for r in chosen["Fe"].remarks)


def test_too_few_rows_are_counted():
    with pytest.raises(CannotSay, match=r"Pb: 4 usable rows, 5 are needed \(.*2 liquid\)"):
        select("Pb")
    with pytest.raises(CannotSay, match="no equation of state"):
        select("Th")


def test_an_unknown_metal_is_refused():
    with pytest.raises(InputError, match="unknown metal 'Unobtainium'"):
        select("Unobtainium")
    with pytest.raises(InputError, match="Al is given twice"):
        fit_metals(["Al", "al"])


def test_measured_aluminium_expands_and_resists_more(chosen):
    p = chosen["Al"].points
    assert (p.volume[1:] >= p.volume[:-1]).all()
    assert (p.rho_uohm_cm[1:] > p.rho_uohm_cm[:-1]).all()
    assert (p.theta_ratio[1:] <= p.theta_ratio[:-1]).all()
    assert p.theta_d_k == pytest.approx(428, rel=0.05)


def test_one_metal_from_table_to_result():
    result = fit_metals(["Cu"])
    (metal,) = result.metals
    assert metal.metal == "Cu"
    assert {f.split for f in metal.fits} == {"alternate", "extrapolate"}
    for fit in metal.fits:
        assert fit.fitted or fit.reason
    # Textbook: the Bloch-Grueneisen temperature of copper is near its Debye temperature.
    theta = next(p for p in metal.fit("bg3v", "extrapolate").parameters if p.name == "theta")
    assert 250 < theta.value < 400
    assert "R(P) cannot be fitted" in result.pressure


def test_what_the_page_says_of_the_result_is_so():
    """The sentences under "How to read it" in docs/explanation/fits.md."""
    relative, absolute = (fit_metals(noise=noise) for noise in ("relative", "absolute"))
    standing = {(s.split, s.law): s for s in relative.standings}
    for split in relative.splits:
        for out in ("activated2", "volume2"):
            assert standing[split, out].metals > 0
            assert standing[split, out].beats_yardstick == 0
        for count in (2, 3):
            best = standing[split, f"bg{count}v"].median_held_out
            tunnel = [s for s in relative.standings if (s.split, s.parameters) == (split, count)]
            tunnel = [s.median_held_out for s in tunnel if s.theory == "tunnel"]
            assert len(tunnel) == 3
            assert best < min(tunnel)
    tungsten = next(m for m in relative.metals if m.metal == "W")
    for split in relative.splits:
        rivals = [f for f in tungsten.fits if (f.split, f.theory) == (split, "bloch_grueneisen")]
        errors = [f.held_out.rms_relative for f in rivals if f.fitted]
        assert errors
        assert tungsten.fit("linear2", split).held_out.rms_relative < min(errors)
    pairs = zip(relative.duels, absolute.duels, strict=True)
    best = [(a, b) for a, b in pairs if a.rival == a.tunnel == "best"]
    assert len(best) == 4
    for before, after in best:
        assert before.share_low <= 0.5 <= before.share_high
        if before.split == "alternate":
            assert after.tunnel_wins >= before.tunnel_wins
        else:
            assert after.tunnel_wins == before.tunnel_wins


def test_both_noise_models_give_finite_numbers():
    for noise in ("relative", "absolute"):
        result = fit_metals(["W", "Al"], noise=noise)
        for fit in (f for m in result.metals for f in m.fits if f.fitted):
            assert 0 <= fit.held_out.rms_relative < float("inf")
            assert all(p.error is None or p.error > 0 for p in fit.parameters)

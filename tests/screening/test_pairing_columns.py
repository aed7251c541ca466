"""A screen with couplings: what comes out, what is refused, datasets from before there were any."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from ase.build import bulk

from isotunnel.analysis import pairing as pairing_package
from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.analysis.pairing.columns import values_of
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import CannotSay, EngineError, InputError
from isotunnel.screening import Settings, all_columns
from isotunnel.screening.one_crystal import packed
from isotunnel.screening.pairing_values import pairing_values
from isotunnel.screening.settings import settings_of
from isotunnel.screening.worker import compute

COLUMNS = {c.name for c in all_columns()}


def found(**more: Any) -> SimpleNamespace:
    """As much of a result as a row takes."""
    spectrum = SimpleNamespace(omega_log_k=200.0, omega_2_k=250.0)
    between = SimpleNamespace(lambda_low=0.4, lambda_high=1.2, tc_low_k=1.0, tc_high_k=20.0)
    told = {
        "coupling": 0.8, "spectrum": spectrum, "range": between, "mu_star": 0.12, "unstable": "",
        "tc_allen_dynes_k": 9.0, "tc_eliashberg_k": 9.1,
    }  # fmt: skip
    return SimpleNamespace(**{**told, **more})


def test_values_have_columns_and_stand_in_them() -> None:
    values = values_of(found())  # type: ignore[arg-type]
    assert set(values) <= COLUMNS
    assert (values["lambda_ep"], values["tc_allen_dynes_k"]) == (0.8, 9.0)
    assert (values["lambda_ep_low"], values["tc_allen_dynes_high_k"]) == (0.4, 20.0)
    without = values_of(found(range=None))  # type: ignore[arg-type]
    assert "lambda_ep_low" not in without


def test_a_crystal_without_tc_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    unstable = found(spectrum=None, unstable="imaginary modes")
    monkeypatch.setattr(pairing_package, "pairing", lambda *_, **__: unstable)
    values = pairing_values(bulk("Cu"), GpawSettings())
    assert values == {"cannot_say_pairing": "imaginary modes"}
    for error in (CannotSay("an insulator:\nno states"), EngineError("no convergence")):

        def refuse(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(pairing_package, "pairing", refuse)
        values = pairing_values(bulk("Cu"), GpawSettings())
        assert values == {"cannot_say_pairing": " ".join(str(error).split())}
    assert "cannot_say_pairing" in COLUMNS


def test_pairing_needs_gpaw_with_pbe() -> None:
    with pytest.raises(InputError, match="--engine gpaw"):
        Settings(pairing=True)
    with pytest.raises(InputError, match="PBE alone"):
        Settings("gpaw", gpaw=EngineSettings(xc="LDA"), pairing=True)
    asked = Settings("gpaw", pairing=True)
    assert settings_of(asked.values()) == asked


def test_settings_told_before_there_was_pairing_go_on() -> None:
    told = Settings("gpaw").values()
    del told["pairing"]
    assert settings_of(told) == Settings("gpaw")


@pytest.mark.slow
def test_a_row_of_aluminium_holds_the_coupling_of_the_command() -> None:
    pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")
    from isotunnel.analysis.pairing import pairing

    row = compute(packed(bulk("Al", "fcc", 4.05)), Settings("gpaw", pairing=True))
    alone = pairing(bulk("Al", "fcc", 4.05))
    assert row["lambda_ep"] == pytest.approx(alone.coupling)
    assert row["tc_allen_dynes_k"] == pytest.approx(alone.tc_allen_dynes_k)
    assert 0.1 < row["lambda_ep"] < 0.5

"""A GPAW that is installed but cannot be imported, or does not know an element."""

from __future__ import annotations

import sys

import pytest
from ase import Atoms

from isotunnel import EngineError, analyze

REASON = "libxc.so.9: cannot open shared object file"


@pytest.fixture(params=["ImportError", "ValueError"])
def broken_gpaw(request, tmp_path, monkeypatch):
    (tmp_path / "gpaw").mkdir()
    (tmp_path / "gpaw" / "__init__.py").write_text(f"raise {request.param}({REASON!r})\n")
    for name in [n for n in sys.modules if n.split(".")[0] == "gpaw"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)


HELIUM = Atoms("He", cell=[2.5, 2.5, 2.5], pbc=True)


@pytest.mark.usefixtures("broken_gpaw")
def test_asked_for_it_says_why():
    with pytest.raises(EngineError, match=f"installed but cannot be imported: {REASON}"):
        analyze(HELIUM, engine="gpaw")


@pytest.mark.usefixtures("broken_gpaw")
def test_auto_takes_the_procrystal_and_says_why():
    result = analyze(HELIUM, engine="auto", refine=False)
    assert result.structure.engine == "procrystal"
    assert [w for w in result.warnings if REASON in w and "instead of GPAW" in w]
    assert not [w for w in analyze(HELIUM, engine="procrystal").warnings if REASON in w]


POLONIUM = Atoms("Po", cell=[3.36, 3.36, 3.36], pbc=True)


def test_an_element_without_a_data_set_goes_to_the_procrystal_with_a_warning():
    pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")
    result = analyze(POLONIUM, refine=False)
    assert result.structure.engine == "procrystal"
    assert [w for w in result.warnings if "no PBE data set for Po" in w]
    with pytest.raises(EngineError, match="no PBE data set for Po"):
        analyze(POLONIUM, engine="gpaw")

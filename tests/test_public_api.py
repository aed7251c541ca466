"""The public interface: names, signatures, exceptions, and that importing it costs nothing."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys

import numpy as np
import pytest
from ase import Atoms

import isotunnel
from isotunnel import errors

NAMES = {
    *("Analysis", "Field", "FieldReading", "LiftingGap", "Tunnels"),
    *("CannotSay", "CrystalError", "EngineError", "FieldError", "FileFormatError", "InputError"),
    *("IsotunnelError", "MissingExtraError"),
    *("analyze", "as_atoms", "correct_qe_elf", "electride", "equation_of_state"),
    *("estimate_tc", "find_tunnels"),
    *("molecularity_index", "named_crystal", "named_crystals", "read_field", "read_fields"),
    *("readings", "register_reading", "segments_at"),
    *("show", "write_cube", "write_field", "write_hdf5", "write_report"),
}

# Parameter names in order; a star parts off the ones that go by name only, and = marks defaults.
SIGNATURES = {
    "analyze": "crystal * engine='auto' engine_settings=None connectivity=26 refine=True "
    "delta_c=None h_dos=None fermi_ev=None pressure_gpa=None cell='as-given' "
    "accept_formula_mismatch=False progress=None **read_options",
    "as_atoms": "crystal * accept_formula_mismatch=False",
    "electride": "crystal * density=None engine='auto' engine_settings=None cell='as-given' "
    "reach=None connectivity=26 refine=True progress=None **read_options",
    "equation_of_state": "crystal pressures_gpa * engine='chgnet' hydrides=False check=False "
    "cell='primitive' progress=None",
    "estimate_tc": "phi phi_star h_fraction h_dos",
    "find_tunnels": "field side=None connectivity=26 refine=True",
    "molecularity_index": "tunnels symbol='H'",
    "named_crystal": "name",
    "named_crystals": "",
    "read_field": "path * format=None kind=None spin=None dataset=None length_unit=None "
    "value_unit=None end_planes='auto' dtype=float",
    "read_fields": "path * format=None kind=None length_unit=None value_unit=None "
    "end_planes='auto' dtype=float",
    "readings": "",
    "register_reading": "reading * replace=False",
    "segments_at": "tunnels level",
    "show": "result * fields=2 height_px=640",
    "write_cube": "field path",
    "write_field": "field path",
    "write_hdf5": "field path",
    "write_report": "analysis path * figures=True",
}

TREE = {
    "IsotunnelError": (Exception, 1),
    "InputError": (errors.IsotunnelError, 2),
    "FileFormatError": (errors.InputError, 2),
    "CrystalError": (errors.InputError, 2),
    "FieldError": (errors.InputError, 2),
    "MissingExtraError": (errors.IsotunnelError, 3),
    "EngineError": (errors.IsotunnelError, 4),
    "CannotSay": (errors.IsotunnelError, 5),
}

HEAVY = (
    "numpy",
    "numba",
    "scipy",
    "ase",
    "spglib",
    "h5py",
    "matplotlib",
    "skimage",
    "rich",
    "gpaw",
)


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown(function) -> str:
    parts = []
    star = False
    for p in inspect.signature(function).parameters.values():
        if p.kind is p.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        default = p.default.__name__ if isinstance(p.default, type) else repr(p.default)
        prefix = "**" if p.kind is p.VAR_KEYWORD else ""
        parts.append(prefix + p.name + ("" if p.default is p.empty else f"={default}"))
    return " ".join(parts)


def test_the_names_are_these():
    assert set(isotunnel.__all__) == NAMES
    assert list(isotunnel.__all__) == sorted(isotunnel.__all__)
    assert set(dir(isotunnel)) >= NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_name_resolves_and_is_explained(name):
    value = getattr(isotunnel, name)
    assert callable(value)
    assert value.__name__ == name
    assert value.__doc__


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures(name):
    assert shown(getattr(isotunnel, name)) == SIGNATURES[name]


def test_every_public_function_has_a_locked_signature():
    functions = {n for n in NAMES if inspect.isfunction(getattr(isotunnel, n))}
    assert functions - set(SIGNATURES) == {"correct_qe_elf"}  # locked beside its physics


def test_a_field_is_made_from_an_array():
    assert shown(isotunnel.Field.from_array) == "values cell kind=<FieldKind.OTHER: 'other'> " + (
        "**attributes"
    )


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="isotunnel attribute tunnel_finder"):
        isotunnel.tunnel_finder  # noqa: B018


def test_no_public_name_is_also_a_submodule():
    """Importing a submodule sets an attribute of the package, which would hide the function."""
    import pkgutil

    modules = {m.name for m in pkgutil.iter_modules(isotunnel.__path__)}
    assert {"crystal", "fields", "tunnels"} <= modules
    assert not modules & NAMES


@pytest.mark.parametrize(
    "first",
    ["import isotunnel.crystal, isotunnel.tunnels, isotunnel.analysis.analyze", "import isotunnel"],
)
def test_names_stay_functions_whatever_is_imported_first(first):
    code = (
        f"{first}; import isotunnel.crystal; from isotunnel import *; import isotunnel.analysis;"
        "print(len(named_crystal('Na')), len(isotunnel.named_crystal('NaCl')),"
        "callable(analyze), isotunnel.crystal.__name__)"
    )
    assert python(code).split() == ["1", "2", "True", "isotunnel.crystal"]


@pytest.mark.parametrize("module", ["isotunnel", "isotunnel.errors"])
def test_importing_is_cheap(module):
    code = f"import sys; import {module}; print([m for m in {HEAVY} if m in sys.modules])"
    assert python(code).strip() == "[]"


def test_the_heavy_ones_do_come_when_a_function_is_used():
    """Guard: the check above would see them."""
    code = f"import sys; from isotunnel import find_tunnels; print([m for m in {HEAVY} "
    assert "numpy" in python(code + "if m in sys.modules])")


@pytest.mark.parametrize("name", TREE)
def test_exception_tree(name):
    parent, code = TREE[name]
    error = getattr(isotunnel, name)
    assert error is getattr(errors, name)
    assert error.__bases__ == (parent,)
    assert error.exit_code == code


def test_the_exception_tree_is_complete():
    found = {n for n, v in vars(errors).items() if isinstance(v, type)}
    assert found == set(TREE)


def test_a_missing_extra_says_what_to_install():
    error = errors.MissingExtraError("gpaw", "dft", "the gpaw engine")
    assert error.extra == "dft"
    assert "pip install 'isotunnel[dft]'" in str(error)


def test_from_an_array_to_json():
    """The tour: array, field, tunnels, dictionary."""
    x, y, z = np.meshgrid(*(np.arange(8) / 8,) * 3, indexing="ij")
    values = sum(np.cos(2 * np.pi * u) for u in (x, y, z))
    field = isotunnel.Field.from_array(values, (3.0, 3.0, 3.0), "potential", atoms=Atoms())
    tunnels = isotunnel.find_tunnels(field)
    assert tunnels.thresholds == pytest.approx([-1.0, -1.0, -1.0], abs=1e-6)
    data = json.loads(json.dumps(tunnels.as_dict(), allow_nan=False))
    assert data["thresholds"]["3"] == pytest.approx(-1.0, abs=1e-6)

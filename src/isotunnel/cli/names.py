"""Which commands know a name: what is said where one does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from isotunnel.errors import InputError, IsotunnelError

Lookup = Callable[[str], object]


def known_to(name: str) -> tuple[str, ...]:
    """The commands that can take what a user calls ``name``, in the order of the help."""
    return tuple(dict.fromkeys(_that_know(name)))


def _that_know(name: str) -> Iterator[str]:
    for commands, look_up in _lookups():
        try:
            look_up(name)
        except IsotunnelError:
            continue
        yield from commands


def _lookups() -> tuple[tuple[tuple[str, ...], Lookup], ...]:
    """Commands with what finds the thing that a name stands for, and raises where it is none."""
    from isotunnel.atlas import scan_of
    from isotunnel.studies.critical import material_called as critical_material_called
    from isotunnel.studies.electron_sea import metal_called as sea_metal_called
    from isotunnel.studies.fits.select import metal_called as fitted_metal_called
    from isotunnel.studies.hydrides.table import hydride_table
    from isotunnel.studies.meissner import material_called
    from isotunnel.studies.squeezed import squeezed_element
    from isotunnel.substances import substance
    from isotunnel.theories.superconducting.rigid_muffin_tin.stored import stored_named

    return (
        (("analyze", "compare", "scan", "screen", "electride", "eos", "pairing", "cite"), _crystal),
        (("pairing --stored",), stored_named),
        (("diagram",), substance),
        (("atlas",), scan_of),
        (("hydrides",), lambda name: hydride_table().rows_about(name)),
        (("fits",), fitted_metal_called),
        (("metal",), sea_metal_called),
        (("meissner",), material_called),
        (("critical",), critical_material_called),
        (("squeeze",), squeezed_element),
    )


def _crystal(name: str) -> object:
    from isotunnel.atlas import crystal_at, is_at_pressure
    from isotunnel.crystal.named import named_entry

    return crystal_at(name) if is_at_pressure(name) else named_entry(name)


def with_commands(error: InputError, name: str) -> str:
    """What is said of an unknown name, with the commands that know it, if any do."""
    commands = known_to(name)
    if not commands:
        return str(error)
    message = error.without_likeness or str(error)
    return f"{message.rstrip('.')}. Known to: {', '.join(commands)}"

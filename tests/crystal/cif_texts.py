"""Small CIFs of our own, put together from the parts that a test is about."""

from __future__ import annotations

CUBE = (5.0, 5.0, 5.0, 90, 90, 90)
NAMES = ("length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma")


def cell_lines(cell=CUBE):
    return "\n".join(f"_cell_{n} {x}" for n, x in zip(NAMES, cell, strict=True))


def loop(tags, *rows):
    return "\n".join(["loop_", *tags, *rows])


def sites(*rows, extra=()):
    tags = ("label", "type_symbol", "fract_x", "fract_y", "fract_z", *extra)
    return loop([f"_atom_site_{tag}" for tag in tags], *rows)


def listed(*operations, tag="_space_group_symop_operation_xyz"):
    return loop([tag], *(f"'{text}'" for text in operations))


def cif(*parts, cell=CUBE, head="data_a"):
    return "\n".join([head, cell_lines(cell), *parts]) + "\n"


P1 = "_space_group_name_H-M_alt 'P 1'"
CSCL = sites("Cs1 Cs 0 0 0", "Cl1 Cl .5 .5 .5")

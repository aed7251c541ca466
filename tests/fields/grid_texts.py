"""Grid files written out by hand, independently of our writers: the tests' own twin."""

from __future__ import annotations

import numpy as np
from ase import Atoms

from isotunnel.units import BOHR_ANGSTROM

SKEW_CELL = np.array([[4.0, 0.0, 0.0], [1.2, 3.7, 0.0], [-0.6, 0.9, 5.1]])


def smooth_values(shape=(5, 6, 7), seed=0, low=0.05, high=0.95):
    """A smooth periodic field without any symmetry, between ``low`` and ``high``."""
    rng = np.random.default_rng(seed)
    axes = np.meshgrid(*(2 * np.pi * np.arange(n) / n for n in shape), indexing="ij")
    values = np.zeros(shape)
    for wave in ([1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, -1], [1, 1, 1]):
        phase = rng.uniform(0, 2 * np.pi)
        values += rng.uniform(0.3, 1.0) * np.cos(np.tensordot(wave, axes, 1) + phase)
    values -= values.min()
    return low + (high - low) * values / max(values.max(), 1e-30)


def atoms_in(cell):
    return Atoms("NaCl", scaled_positions=[[0.1, 0.2, 0.3], [0.6, 0.7, 0.75]], cell=cell, pbc=True)


def rows(numbers, per_line, layout):
    words = [layout % x for x in numbers]
    lines = [" ".join(words[i : i + per_line]) for i in range(0, len(words), per_line)]
    return "\n".join(lines) + "\n"


def cube_text(
    values,
    cell,
    atoms=None,
    *,
    origin=(0, 0, 0),
    unit="bohr",
    comments=("made by hand", "nothing to say"),
    layout="%.10e",
    steps=None,
):
    """``values`` of shape (n1, n2, n3) or (n1, n2, n3, sets); lengths given in angstrom."""
    sets = values.shape[3] if values.ndim == 4 else 1
    shape = values.shape[:3]
    scale, sign = (1 / BOHR_ANGSTROM, 1) if unit == "bohr" else (1.0, -1)
    steps = np.asarray(cell) / np.array(shape)[:, None] if steps is None else steps
    lines = list(comments)
    n_atoms = 0 if atoms is None else len(atoms)
    first = [f"{n_atoms:5d}"] + [f"{x * scale:.12f}" for x in origin]
    lines.append(" ".join(first + ([str(sets)] if sets > 1 else [])))
    for n, step in zip(shape, steps, strict=True):
        lines.append(" ".join([f"{sign * n:5d}"] + [f"{x * scale:.12f}" for x in step]))
    for number, position in zip(*_parts(atoms), strict=True):
        lines.append(f"{number:5d} 0.0 " + " ".join(f"{x * scale:.12f}" for x in position))
    return "\n".join(lines) + "\n" + rows(values.ravel(), 6, layout)


def _parts(atoms):
    return ([], []) if atoms is None else (atoms.numbers, atoms.positions)


def poscar_text(
    cell, atoms, *, symbols="Na Cl", scale="1.0", mode="Direct", selective=False, comment="a grid"
):
    """A POSCAR head; ``cell`` is written as it is, whatever the scale."""
    lines = [comment, scale]
    lines += [" ".join(f"{x:.12f}" for x in vector) for vector in cell]
    lines += [symbols] if symbols else []
    lines += ["1 1"] + (["Selective dynamics"] if selective else []) + [mode]
    positions = atoms.get_scaled_positions() if mode == "Direct" else atoms.positions
    tail = " T T F" if selective else ""
    lines += [" ".join(f"{x:.12f}" for x in p) + tail for p in positions]
    return "\n".join(lines) + "\n\n"


def vasp_block(values, layout="%.11E"):
    n = " ".join(f"{n:4d}" for n in values.shape)
    return f"{n}\n" + rows(values.ravel(order="F"), 5, layout)


def occupancies_text(n_atoms, each=7):
    numbers = np.linspace(-1, 1, each)
    return "".join(
        f"augmentation occupancies {i + 1:3d} {each:3d}\n" + rows(numbers, 5, "%.7E")
        for i in range(n_atoms)
    )


def per_atom_text(n_atoms):
    """What VASP writes before a second spin block."""
    return rows(np.zeros(n_atoms), 5, "%.12E")


def xsf_text(
    values,
    span,
    atoms=None,
    *,
    primitive=None,
    repeat=True,
    name="DATAGRID_3D_UNKNOWN",
    block="3D_PWSCF",
    origin=(0, 0, 0),
    end=True,
):
    lines = []
    if atoms is not None:
        lines += ["CRYSTAL", "PRIMVEC"]
        primitive = atoms.cell if primitive is None else primitive
        lines += [" ".join(f"{x:.10f}" for x in vector) for vector in primitive]
        lines += ["PRIMCOORD", f"{len(atoms)} 1"]
        for symbol, position in zip(atoms.symbols, atoms.positions, strict=True):
            lines.append(f"{symbol} " + " ".join(f"{x:.10f}" for x in position))
    return "\n".join(lines) + "\n" + grid_text(values, span, repeat, name, block, origin, end)


def grid_text(
    values,
    span,
    repeat=True,
    name="DATAGRID_3D_UNKNOWN",
    block="3D_PWSCF",
    origin=(0, 0, 0),
    end=True,
):
    if repeat:
        values = np.pad(values, ((0, 1),) * 3, mode="wrap")
    lines = ["BEGIN_BLOCK_DATAGRID_3D", block, name]
    lines.append(" ".join(map(str, values.shape)))
    lines.append(" ".join(f"{x:.10f}" for x in origin))
    lines += [" ".join(f"{x:.10f}" for x in vector) for vector in span]
    tail = "END_DATAGRID_3D\nEND_BLOCK_DATAGRID_3D\n" if end else ""
    return "\n".join(lines) + "\n" + rows(values.ravel(order="F"), 6, "%.8E") + tail

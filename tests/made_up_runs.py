"""Folders as VASP and Quantum ESPRESSO leave them, of a made-up hydride with known answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ase import Atoms

EDGE = 4.0
N = 12
ATOMS = Atoms("LaH", scaled_positions=[[0.5, 0.5, 0.5], [0, 0, 0]], cell=[EDGE] * 3, pbc=True)
FERMI_EV = 5.25
PRESSURE_GPA = 150.0
BOHR = 0.529177210544

# Three rows of levels per spin, one per k-point: the second band crosses the Fermi level.
METAL = [[1.0, 5.0, 9.0], [1.5, 5.6, 9.5], [2.0, 5.1, 10.0]]
INSULATOR = [[1.0, 4.0, 9.0], [1.5, 4.5, 8.5], [2.0, 4.2, 10.0]]
WEIGHTS = [0.25, 0.5, 0.25]

# Energy, total, then per atom (s, p, d): linear between 5 and 5.5, so known at the Fermi level.
DOS_ENERGIES = [4.5, 5.0, 5.5, 6.0]
DOS_TOTAL = [1.0, 2.0, 4.0, 1.0]
DOS_LA = [[0.0, 0.1, 0.2], [0.1, 0.1, 0.4], [0.1, 0.3, 0.8], [0.0, 0.0, 0.1]]
DOS_H = [[0.3, 0.0, 0.0], [0.8, 0.1, 0.0], [1.2, 0.3, 0.0], [0.2, 0.0, 0.0]]
DOS_AT_FERMI = 3.0
LA_AT_FERMI, H_AT_FERMI = 0.9, 1.2
H_SHARE = H_AT_FERMI / (LA_AT_FERMI + H_AT_FERMI)


def cosines(n: int = N) -> np.ndarray:
    """(cos x + cos y + cos z) / 3: its region above spans three directions from 1/3 on."""
    x = np.cos(2 * np.pi * np.arange(n) / n)
    return (x[:, None, None] + x[None, :, None] + x[None, None, :]) / 3


ELF = 0.5 + 0.4 * cosines()
PHI = 0.5 + 0.4 / 3
POTENTIAL_EV = -6.0 * cosines()
POTENTIAL_3D_EV = -2.0
DENSITY = 0.5 + 0.4 * cosines()


def poscar(atoms: Atoms = ATOMS) -> str:
    symbols = list(dict.fromkeys(atoms.get_chemical_symbols()))
    counts = [atoms.get_chemical_symbols().count(s) for s in symbols]
    rows = [" ".join(f"{x:.9f}" for x in row) for row in atoms.cell]
    sites = [" ".join(f"{x:.9f}" for x in row) for row in atoms.get_scaled_positions()]
    names, numbers = " ".join(symbols), " ".join(map(str, counts))
    return "\n".join(["made up", "1.0", *rows, names, numbers, "Direct", *sites]) + "\n"


def vasp_grid(values: np.ndarray, atoms: Atoms = ATOMS, parts: int = 1) -> str:
    block = " ".join(map(str, values.shape)) + "\n"
    block += "\n".join(f"{v:.11E}" for v in values.ravel(order="F")) + "\n"
    return poscar(atoms) + "\n" + block * parts


def fillings(levels: list[list[float]]) -> list[list[float]]:
    return [[1.0 if e < FERMI_EV else 0.0 for e in row] for row in levels]


def _vectors(name: str, rows: np.ndarray) -> str:
    body = "".join("<v>" + " ".join(f"{x:.8f}" for x in row) + "</v>\n" for row in rows)
    return f'<varray name="{name}" >\n{body}</varray>\n'


def _rows(table: list[list[float]]) -> str:
    return "".join("<r> " + " ".join(f"{x:.4f}" for x in row) + " </r>\n" for row in table)


def vasprun(
    *,
    levels: list[list[float]] = METAL,
    spins: int = 1,
    partial: bool = True,
    settings: dict[str, str] | None = None,
    atoms: Atoms = ATOMS,
) -> str:
    """The XML; with two spins each has half of every density of states."""
    given = {"ISPIN": str(spins), "NELM": "60", **(settings or {})}
    words = "".join(f'<i type="string" name="{k}"> {v} </i>\n' for k, v in given.items())
    names = "".join(f"<rc><c>{s} </c><c> 1</c></rc>" for s in atoms.get_chemical_symbols())
    structure = (
        f"<structure><crystal>{_vectors('basis', np.array(atoms.cell))}</crystal>"
        f"{_vectors('positions', atoms.get_scaled_positions())}</structure>"
    )
    bands = [
        [[e, f] for e, f in zip(*rows, strict=True)]
        for rows in zip(levels, fillings(levels), strict=True)
    ]
    one_spin = "".join(
        f'<set comment="kpoint {k + 1}">\n{_rows(b)}</set>\n' for k, b in enumerate(bands)
    )
    eigenvalues = "".join(f'<set comment="spin {s + 1}">\n{one_spin}</set>\n' for s in range(spins))
    total = [[e, d / spins, 0.0] for e, d in zip(DOS_ENERGIES, DOS_TOTAL, strict=True)]
    totals = "".join(f'<set comment="spin {s + 1}">\n{_rows(total)}</set>\n' for s in range(spins))
    ions = ""
    for ion, dos in enumerate((DOS_LA, DOS_H)):
        rows = [[e, *(d / spins for d in ds)] for e, ds in zip(DOS_ENERGIES, dos, strict=True)]
        ions += f'<set comment="ion {ion + 1}">\n' + "".join(
            f'<set comment="spin {s + 1}">\n{_rows(rows)}</set>\n' for s in range(spins)
        )
        ions += "</set>\n"
    parts = f"<partial><array><set>\n{ions}</set></array></partial>" if partial else ""
    stress = _vectors("stress", np.eye(3) * PRESSURE_GPA * 10)
    step = '<i name="e_fr_energy"> -10.5 </i><i name="e_0_energy"> -10.25 </i>'
    last = '<i name="e_fr_energy"> -11.5 </i><i name="e_0_energy"> 0.125 </i>'
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<modeling>\n<generator>'
        '<i name="program" type="string">vasp </i><i name="version" type="string">6.4.2 </i>'
        f"</generator>\n<incar>\n</incar>\n<parameters>\n{words}</parameters>\n"
        f'<atominfo><array name="atoms" ><set>{names}</set></array></atominfo>\n'
        f"<calculation>\n<scstep><energy>{step}</energy></scstep>\n{structure}\n{stress}"
        f"<energy>{last}</energy>\n"
        f"<eigenvalues><array>\n<set>\n{eigenvalues}</set>\n</array></eigenvalues>\n"
        "<projected><eigenvalues><array><set><set comment='spin 1'><set comment='kpoint 1'>"
        "<r> 1.0 1.0 </r></set></set></set></array></eigenvalues></projected>\n"
        f'<dos><i name="efermi"> {FERMI_EV:.8f} </i>\n<total><array><set>\n{totals}</set></array>'
        f"</total>{parts}</dos>\n</calculation>\n</modeling>\n"
    )


def outcar(levels: list[list[float]] = METAL, target_gpa: float = 0.0) -> str:
    blocks = ""
    for k, (row, filled) in enumerate(zip(levels, fillings(levels), strict=True)):
        blocks += f"\n k-point {k + 1:5d} :  0.0000 0.0000 0.0000\n  band No.  band energies\n"
        blocks += "".join(
            f"{b + 1:7d}  {e:10.4f}  {2 * f:10.5f}\n"
            for b, (e, f) in enumerate(zip(row, filled, strict=True))
        )
    external = 10 * (PRESSURE_GPA - target_gpa)
    return (
        " vasp.6.4.2 20Jul23 (build) complex\n   ISPIN  =      1    spin polarized?\n"
        " E-fermi :   1.0000     XC(G=0): -15.0     alpha+bet :-31.0\n"
        f" E-fermi :  {FERMI_EV:8.4f}     XC(G=0): -15.0     alpha+bet :-31.0\n{blocks}\n"
        "  energy  without entropy=      -11.50  energy(sigma->0) =      -11.25\n"
        f"  external pressure = {external:10.2f} kB  Pullay stress = {10 * target_gpa:8.2f} kB\n"
        " General timing and accounting informations for this job:\n"
    )


def doscar(*, spins: int = 1, partial: bool = True) -> str:
    window = f"{DOS_ENERGIES[-1]:16.8f}{DOS_ENERGIES[0]:16.8f}{len(DOS_ENERGIES):5d}"
    window += f"{FERMI_EV:16.8f}{1.0:16.8f}\n"
    out = "   2   2   1   0\n 0.1 0.1 0.1 0.1 0.1\n 1e-4\n  CAR \n made up\n" + window
    for e, d in zip(DOS_ENERGIES, DOS_TOTAL, strict=True):
        columns = [d / spins] * spins + [0.0] * spins
        out += f"{e:11.3f}" + "".join(f"{c:12.4E}" for c in columns) + "\n"
    for dos in (DOS_LA, DOS_H) if partial else ():
        out += window
        for e, parts in zip(DOS_ENERGIES, dos, strict=True):
            columns = [p / spins for p in parts for _ in range(spins)]
            out += f"{e:11.3f}" + "".join(f"{c:12.4E}" for c in columns) + "\n"
    return out


def procar(levels: list[list[float]] = METAL, h_share: float = 0.25) -> str:
    """Every state lies ``h_share`` on hydrogen, the rest on lanthanum."""
    out = "PROCAR lm decomposed\n"
    out += f"# of k-points:  {len(levels)}  # of bands:  {len(levels[0])}  # of ions:  2\n\n"
    for k, (row, weight) in enumerate(zip(levels, WEIGHTS, strict=True)):
        out += f" k-point {k + 1:4d} :  0.00000000-0.12500000 0.0  weight = {weight:.8f}\n\n"
        for b, energy in enumerate(row):
            out += f"band {b + 1:4d} # energy {energy:12.8f} # occ.  2.00000000\n\n"
            out += "ion      s     p     d    tot\n"
            for ion, share in enumerate((1 - h_share, h_share)):
                out += f"{ion + 1:5d} {share:.4f} 0.000 0.000 {share:.4f}\n"
            out += "tot   1.0000 0.000 0.000 1.000\n\n"
    return out


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="latin-1")
    return folder


def vasp_run(**xml: object) -> dict[str, str]:
    """The files of a whole run, whose LOCPOT is the whole potential."""
    settings = {"LVTOT": "T", **xml.pop("settings", {})}  # type: ignore[dict-item]
    return {
        "vasprun.xml": vasprun(settings=settings, **xml),  # type: ignore[arg-type]
        "OUTCAR": outcar(),
        "CONTCAR": poscar(),
        "ELFCAR": vasp_grid(ELF),
        "LOCPOT": vasp_grid(POTENTIAL_EV),
        "CHGCAR": vasp_grid(DENSITY * EDGE**3),
    }


def cube(values: np.ndarray, atoms: Atoms = ATOMS) -> str:
    """As pp.x writes it."""
    out = " Cubefile created from PWScf calculation\nContains the selected quantity on a FFT grid\n"
    out += f"{len(atoms):5d}    0.000000    0.000000    0.000000\n"
    for n, row in zip(values.shape, np.array(atoms.cell), strict=True):
        out += f"{n:5d}" + "".join(f"{x / BOHR / n:12.6f}" for x in row) + "\n"
    for z, r in zip(atoms.numbers, atoms.positions, strict=True):
        out += f"{z:5d} {float(z):11.6f}" + "".join(f"{x / BOHR:12.6f}" for x in r) + "\n"
    return out + "\n".join(f"{v:.8E}" for v in values.ravel()) + "\n"


def pw_output(
    version: str = "7.2",
    *,
    nspin: int = 1,
    levels: list[list[float]] = METAL,
    fermi: bool = True,
    nscf: bool = False,
    stress: bool = True,
) -> str:
    out = f"\n     Program PWSCF v.{version} starts on 22Oct2025 at 14:46:24 \n\n"
    alat = EDGE / BOHR
    out += "     bravais-lattice index     =            0\n"
    out += f"     lattice parameter (alat)  = {alat:.4f}\n"
    out += f"     unit-cell volume          = {alat**3:.4f} (a.u.)^3\n"
    out += "     number of atoms/cell      =            2\n     number of electrons       = 12.00\n"
    for i, row in enumerate(np.eye(3), start=1):
        out += f"               a({i}) = ( " + " ".join(f"{x:.6f}" for x in row) + " )\n"
    out += "     site n.     atom                  positions (alat units)\n"
    scaled = ATOMS.get_scaled_positions()
    for i, (name, row) in enumerate(zip(["La", "H1"], scaled, strict=True), start=1):
        place = " ".join(f"{x:.7f}" for x in row)
        out += f"         {i}           {name}  tau(   {i}) = (   {place}  )\n"
    cycle = "band structure" if nscf else "self-consistent"
    out += f"     End of {cycle} calculation\n\n"
    for spin in range(nspin):
        if nspin == 2:
            out += f" ------ SPIN {'UP' if spin == 0 else 'DOWN'} ------------\n\n"
        for row in levels:
            out += "          k = 0.0000 0.0000 0.0000 (   123 PWs)   bands (ev):\n\n"
            out += "  " + "".join(f"{e:9.4f}" for e in row) + "\n\n"
    if fermi:
        out += f"     the Fermi energy is {FERMI_EV:10.4f} ev\n\n"
    else:
        top = max(row[1] for row in levels)
        bottom = min(row[2] for row in levels)
        out += f"     highest occupied, lowest unoccupied level (ev): {top:10.4f} {bottom:10.4f}\n"
    out += "!    total energy              =      -10.00000000 Ry\n"
    if nspin == 2:
        out += "     total magnetization       =     1.00 Bohr mag/cell\n"
    if stress:
        kbar = 10 * PRESSURE_GPA
        out += (
            f"          total   stress  (Ry/bohr**3)                  (kbar)     P= {kbar:10.2f}\n"
        )
    return out + "     JOB DONE.\n"


def pp_output(version: str, plots: dict[str, int]) -> str:
    out = f"     Program POST-PROC v.{version} starts on 22Oct2025 at 15:40:54 \n\n"
    for name, number in plots.items():
        out += f"     Calling punch_plot, plot_num = {number:3d}\n"
        out += f"     Writing data to be plotted to file {name}\n"
    return out + "     JOB DONE.\n"


def pdos(*, nspin: int = 1, prefix: str = "hyd") -> dict[str, str]:
    files = {}
    tags = ["up", "dw"] if nspin == 2 else [""]
    head = "# E (eV) " + " ".join(f"dos{t}(E)" for t in tags) + " "
    lines = [head + " ".join(f"pdos{t}(E)" for t in tags)]
    for e, d in zip(DOS_ENERGIES, DOS_TOTAL, strict=True):
        lines.append(f"{e:.3f} " + " ".join([f"{d / nspin:.4E}"] * 2 * nspin))
    files[f"{prefix}.pdos_tot"] = "\n".join(lines) + "\n"
    for atom, (name, dos) in enumerate((("La", DOS_LA), ("H1", DOS_H)), start=1):
        for shell, letter in enumerate("spd"):
            lines = ["# E (eV) " + " ".join(f"ldos{t}(E)" for t in tags) + " pdos(E)"]
            for e, parts in zip(DOS_ENERGIES, dos, strict=True):
                value = parts[shell] / nspin
                lines.append(f"{e:.3f} " + " ".join([f"{value:.4E}"] * (nspin + 1)))
            name_of_file = f"{prefix}.pdos_atm#{atom}({name})_wfc#{shell + 1}({letter})"
            files[name_of_file] = "\n".join(lines) + "\n"
    return files


def schema_xml(version: str = "7.2", *, nspin: int = 1, levels: list[list[float]] = METAL) -> str:
    hartree = 27.211386245981
    gpa = hartree / BOHR**3 * 160.2176634
    cell = "".join(
        f"<a{i + 1}>{' '.join(str(x / BOHR) for x in row)}</a{i + 1}>"
        for i, row in enumerate(np.array(ATOMS.cell))
    )
    atoms = "".join(
        f'<atom name="{s}" index="{i + 1}">{" ".join(str(x / BOHR) for x in r)}</atom>'
        for i, (s, r) in enumerate(zip(["La", "H1"], ATOMS.positions, strict=True))
    )
    points = ""
    for row, filled in zip(levels, fillings(levels), strict=True):
        energies = " ".join(f"{e / hartree:.12e}" for e in row * nspin)
        occupations = " ".join(map(str, filled * nspin))
        points += (
            '<ks_energies><k_point weight="1.0">0 0 0</k_point>'
            f"<eigenvalues>{energies}</eigenvalues><occupations>{occupations}</occupations>"
            "</ks_energies>\n"
        )
    stress = " ".join(str(x) for x in (np.eye(3) * PRESSURE_GPA / gpa).ravel())
    return (
        '<?xml version="1.0"?>\n<qes:espresso xmlns:qes="http://www.quantum-espresso.org/ns/qes">\n'
        f'<general_info><creator NAME="PWSCF" VERSION="{version}">XML</creator></general_info>\n'
        f"<output><atomic_structure><atomic_positions>{atoms}</atomic_positions><cell>{cell}</cell>"
        "</atomic_structure>\n<total_energy><etot>-5.0</etot></total_energy>\n"
        f"<band_structure><lsda>{str(nspin == 2).lower()}</lsda><noncolin>false</noncolin>"
        f"<fermi_energy>{FERMI_EV / hartree:.12e}</fermi_energy>\n{points}</band_structure>\n"
        f'<stress rank="2" dims="3 3">{stress}</stress></output>\n</qes:espresso>\n'
    )


RYDBERG_EV = 27.211386245981 / 2


def espresso_run(version: str = "6.3", *, nspin: int = 1) -> dict[str, str]:
    plots = {"a.cube": 8, "b.cube": 1, "c.cube": 11, "d.cube": 0}
    return {
        "scf.out": pw_output(version, nspin=nspin),
        "pp.out": pp_output(version, plots),
        "a.cube": cube(ELF),
        "b.cube": cube(POTENTIAL_EV / RYDBERG_EV),
        "c.cube": cube(0.5 * POTENTIAL_EV / RYDBERG_EV),
        "d.cube": cube(DENSITY * BOHR**3),
        **pdos(nspin=nspin),
    }

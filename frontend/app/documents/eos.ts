// Made from isotunnel/schemas/eos.py by scripts/make_frontend_types.py.

export interface Eos {
  /** `isotunnel.eos/1` */
  schema: "isotunnel.eos/1";
  /** of the crystal */
  name: string;
  /** the same for people */
  title: string;
  /** the potential */
  engine: string;
  /** which cell of the crystal was relaxed */
  cell: string;
  /** what the reach rests on: `the crystal itself`, `GPAW runs made for it` or `its family` */
  basis: string;
  /** highest pressure that is believed (GPa) */
  reach_gpa: number;
  /** what was compared, and how far it holds */
  reason: string;
  /** list of pressures, lowest first */
  points: EosPoint[];
  /** list of cells with the pressure by both */
  compared: EosCompared[];
  /** of programs and weights */
  versions: Record<string, string>;
  /** list of sources of the crystal */
  sources: string[];
  /** list of what to know before trusting the numbers */
  warnings: string[];
}

export interface EosCompared {
  /** name */
  crystal: string;
  /** by its elements */
  family: string;
  /** of the cell, per atom (Å³) */
  volume_per_atom_a3: number;
  /** pressure by GPAW (GPa) */
  gpaw_gpa: number;
  /** pressure by the potential; `null` where it gave none (GPa) */
  potential_gpa: number | null;
  /** whether the two agree by the rule */
  met: boolean;
  /** why there is none; `null` where there is */
  reason: string | null;
}

export interface EosPoint {
  /** under which the cell was relaxed (GPa) */
  pressure_gpa: number;
  /** of the cell, per atom (Å³) */
  volume_per_atom_a3: number;
  /** per atom, on the potential's own zero (eV) */
  energy_ev_atom: number;
  /** energy plus pressure times volume, per atom (eV) */
  enthalpy_ev_atom: number;
  /** list of elements */
  symbols: string[];
  /** lattice vectors (Å) */
  cell_angstrom: number[][];
  /** list of positions (1) */
  positions_fractional: number[][];
  /** evaluations that the relaxation took (1) */
  steps: number;
}

// Made from isotunnel/schemas/analysis.py by scripts/make_frontend_types.py.

import type * as cite from "./cite.ts";
import type * as magnetism from "./magnetism.ts";
import type * as pairing from "./pairing.ts";
import type * as tunnels from "./tunnels.ts";

export interface Analysis {
  /** `isotunnel.analysis/1` */
  schema: "isotunnel.analysis/1";
  /** name of the crystal or of the file */
  name: string;
  /** one line for a person */
  title: string;
  /** `gpaw`, `procrystal`, or `file` for a grid file: whose numbers stand below */
  engine: string;
  /** a [crystal object](#crystal) as computed; `null` where a grid file does not tell the atoms */
  crystal: Crystal | null;
  /** of the cell as given (GPa) */
  pressure_gpa: number | null;
  /** total energy per cell, relative to the engine's reference atoms (eV) */
  energy_ev: number | null;
  /** Fermi level; the middle of the gap in an insulator (eV) */
  fermi_ev: number | null;
  /** valence-band maximum; the Fermi level in a metal (eV) */
  vbm_ev: number | null;
  /** conduction-band minimum; the Fermi level in a metal (eV) */
  cbm_ev: number | null;
  /** Kohn-Sham gap, 0 in a metal (eV) */
  band_gap_ev: number | null;
  /** smallest gap at one k-point (eV) */
  direct_gap_ev: number | null;
  /** states per eV and cell at the Fermi level, both spins (1/eV) */
  dos_fermi_per_ev_cell: number | null;
  /** the projected part of each element, by symbol; need not add up to the total (1/eV) */
  dos_fermi_by_element: Record<string, number> | null;
  /** [magnetic state](#magnetic-state); `null` where the run was spin-paired without a look for one */
  magnetism: magnetism.Magnetism | null;
  /** networking value, the ELF's refined 3D threshold (1) */
  phi: number | null;
  /** its error from the grid (1) */
  phi_error: number | null;
  /** molecularity index of hydrogen (1) */
  phi_star: number | null;
  /** networking value of the pseudo density's ELF; `null` where none stands beside that of all electrons (1) */
  phi_pseudo: number | null;
  /** molecularity index of the same (1) */
  phi_star_pseudo: number | null;
  /** hydrogen atoms over all atoms (1) */
  h_fraction: number | null;
  /** hydrogen's share of the projected density of states (1) */
  h_dos: number | null;
  /** list of [Tc estimates](#tc-estimate), from `phi_pseudo` where it is there; empty without hydrogen */
  tc_estimates: TcEstimate[];
  /** the same from `phi`, where `tc_estimates` took `phi_pseudo` */
  tc_estimates_all_electron: TcEstimate[];
  /** list of [readings](#reading), those that cannot say included */
  readings: Reading[];
  /** by engine, then by field kind: [the object above](#isotunnel-tunnels-isotunneltunnels1) */
  tunnels: Record<string, Record<string, tunnels.FieldTunnels>>;
  /** what was measured of this composition, and what it contradicts; `null` where the atoms are not known */
  measured: MeasuredBeside | null;
  /** with `--pairing`, [its document](#isotunnel-pairing-isotunnelpairing1); `null` otherwise */
  pairing: pairing.Pairing | null;
  /** by name of a missing quantity: the reason */
  cannot_say: Record<string, string>;
  /** list of sentences */
  warnings: string[];
  /** list of references for the crystal's cell */
  sources: string[];
  /** what was asked for */
  settings: Record<string, unknown>;
  /** by number: the file that it was read from, or "stated by the user"; empty for a crystal that an engine computed */
  provenance: Record<string, string>;
  /** by engine: everything that determined its numbers */
  engine_settings: Record<string, Record<string, unknown>>;
  /** by engine: versions of the programs and data sets */
  versions: Record<string, Record<string, string>>;
}

export interface Crystal {
  /** chemical formula of the cell */
  formula: string;
  /** rows are the lattice vectors (Å) */
  cell_angstrom: number[][];
  /** of the cell (Å³) */
  volume_angstrom3: number;
  /** element of each atom */
  symbols: string[];
  /** of each atom (1) */
  positions_fractional: number[][];
}

export interface ElectricalState {
  /** `superconducting`, `conducting` or `insulating`, by the rule of the hypothesis */
  state: "superconducting" | "conducting" | "insulating";
  /** dimensions with a gap of zero or less (1) */
  superconducting_dimensions: number;
  /** dimensions with a gap of at most `delta_c` (1) */
  conducting_dimensions: number;
  /** the same in words */
  text: string;
}

export interface MeasuredBeside {
  /** of the crystal: stated, else computed; `null` where not known, and nothing is compared (GPa) */
  pressure_gpa: number | null;
  /** facts from this pressure on are compared with it (GPa) */
  low_gpa: number | null;
  /** facts up to this pressure are (GPa) */
  high_gpa: number | null;
  /** list of measured facts, those that are compared first */
  facts: MeasuredFact[];
}

export interface MeasuredFact {
  /** as in [diagrams](#isotunnel-diagram-isotunneldiagram1): `tc`, `none`, `conducts`, `insulates`, ... */
  kind: string;
  /** in words */
  label: string;
  /** pressure; of a range its start (GPa) */
  pressure_gpa: number;
  /** end of a range, else `null` (GPa) */
  pressure_end_gpa: number | null;
  /** temperature; `null` where not stated (K) */
  temperature_k: number | null;
  /** standard error, `null` where not stated (K) */
  temperature_error_k: number | null;
  /** phase or structure of the sample, or empty */
  phase: string;
  /** id of the row of the measured tables */
  row: string;
  /** where it comes from */
  source: string;
  /** A to D */
  grade: string;
  /** whether the sample had the crystal's structure; `null` where nobody can tell */
  same_structure: boolean | null;
  /** whether it is near enough in pressure, and of no other structure */
  compared: boolean;
  /** by reading or formula that it contradicts: what that says */
  contradicts: Record<string, string>;
}

export interface Reading {
  /** its name */
  reading: string;
  /** what it is, in one line */
  title: string;
  /** of gaps and levels: `eV` or `1` */
  unit: "eV" | "1";
  /** whose result was read; `null` where none could serve */
  engine: string | null;
  /** per dimension: lifting gap (reading's) */
  gaps: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: its error from the grid (reading's) */
  errors: Partial<Record<"1" | "2" | "3", number | null>>;
  /** level of the valence electrons (reading's) */
  valence_level: number | null;
  /** per dimension: level of the tunnels, also beyond the escape level (reading's) */
  tunnel_levels: Partial<Record<"1" | "2" | "3", number | null>>;
  /** level above which an electron has left the crystal (reading's) */
  escape_level: number | null;
  /** 0 to 3: how many dimensions open below the escape level (1) */
  dimensions: number;
  /** gap up to which the state is conducting (reading's) */
  delta_c: number;
  /** a state object; `null` where it cannot say */
  state: ElectricalState | null;
  /** the reason for no answer, else `null` */
  cannot_say: string | null;
  /** what to know of this reading */
  note: string;
}

export interface TcEstimate {
  /** `F0`, `F1`, `F2`, `SR2`, `SR4` or `SR5` */
  id: string;
  /** its text */
  formula: string;
  /** as the formula gives it, negative values included; `null` where it cannot say (K) */
  tc_k: number | null;
  /** published error, where there is one (K) */
  error_k: number | null;
  /** what that error is */
  error_kind: string | null;
  /** `current`, `superseded` or `unconfirmed` */
  status: "current" | "superseded" | "unconfirmed";
  /** a reference object */
  reference: cite.Reference;
  /** whether there is a number and no warning */
  in_range: boolean;
  /** why not to trust it */
  warnings: string[];
  /** the reason for no number, else `null` */
  cannot_say: string | null;
  /** what to know of the formula */
  note: string;
}

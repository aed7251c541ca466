// Made from isotunnel/schemas/squeeze.py by scripts/make_frontend_types.py.

import type * as spacing from "./spacing.ts";

export interface Squeeze {
  /** `isotunnel.squeeze/1` */
  schema: "isotunnel.squeeze/1";
  /** list of rare gases at measured volumes */
  gases: SqueezedGas[];
  /** list of metals at measured volumes */
  metals: SqueezedMetal[];
  /** list of hydrogen's structures at pressures */
  hydrogen: SqueezedHydrogen[];
}

export interface SqueezedGas {
  /** crystal */
  name: string;
  /** element */
  symbol: string;
  /** `fcc` or `hcp` */
  structure: string;
  /** measured pressure of the volume at 300 K, motion of the nuclei included (GPa) */
  asked_gpa: number;
  /** whether that lies beyond the range of the measured equation of state */
  extrapolated: boolean;
  /** per atom (Å³) */
  volume_a3: number;
  /** energy per atom that squeezing costs by PBE, against atoms apart (eV) */
  cost_ev: number;
  /** energy per atom of the multipoles of the clouds' deformation, l = 2 to 4: nearest nucleus, stockholder shares; negative where they attract (eV) */
  multipole_ev: number[];
  /** London dispersion per atom, negative (eV) */
  dispersion_ev: number;
  /** what squeezing costs undeformed clouds, per atom; `null` where not computed (eV) */
  frozen_ev: number | null;
  /** part of `frozen_ev` that deformation takes away; `null` likewise (1) */
  relief: number | null;
  /** change of the cloud's shape along its axis over <r²>, both partitions; negative where it contracts, 0 by symmetry on a cubic site (1) */
  anisotropy: number[];
  /** length of l = 2 of the deformation, nearest nucleus (e Å²) */
  quadrupole: number;
  /** length of l = 4 (e Å⁴) */
  hexadecapole: number;
  /** relative change of <r²>, nearest nucleus (1) */
  spread_change: number;
  /** electrons per atom that stand elsewhere than in free atoms (1) */
  moved: number;
  /** measured pressure, less the nuclei's motion by the table's Debye law (GPa) */
  static_gpa: number;
  /** pressure by PBE, nuclei at rest (GPa) */
  pbe_gpa: number;
  /** what dispersion adds, negative (GPa) */
  dispersion_gpa: number;
  /** energy per atom against free atoms by the measured equation of state (eV) */
  work_ev: number;
  /** Kohn-Sham gap (eV) */
  gap_ev: number;
  /** list of the rows behind it */
  rows: spacing.RowUsed[];
}

export interface SqueezedHydrogen {
  /** structure */
  name: string;
  /** the same in words */
  phase: string;
  /** pressure it was relaxed at with PBE, nuclei at rest (GPa) */
  asked_gpa: number;
  /** per atom (Å³) */
  volume_a3: number;
  /** Kohn-Sham gap, 0 in a metal (eV) */
  gap_ev: number;
  /** networking value of the ELF (1) */
  phi: number | null;
  /** molecularity index of the ELF (1) */
  molecularity: number | null;
  /** mean length of the molecules; `null` in atomic hydrogen, as in the following (Å) */
  bond_a: number | null;
  /** shortest way from one to an atom of another (Å) */
  next_a: number | null;
  /** of the molecules' multipoles, l = 2 to 4, per molecule, nearest nucleus and stockholder shares; positive where they attract (eV) */
  attraction_ev: number[] | null;
  /** mean length of the molecules' quadrupoles, nearest nucleus (e Å²) */
  quadrupole: number | null;
  /** list of the rows behind it */
  rows: spacing.RowUsed[];
}

export interface SqueezedMetal {
  /** crystal */
  name: string;
  /** element */
  symbol: string;
  /** `fcc`, `bcc` or `hcp` */
  structure: string;
  /** measured pressure of the volume at 300 K (GPa) */
  asked_gpa: number;
  /** per atom (Å³) */
  volume_a3: number;
  /** energy per atom of the multipoles of the clouds' deformation, l = 2 to 4: nearest nucleus, stockholder shares; negative where they attract (eV) */
  multipole_ev: number[];
  /** change of the cloud's shape along its axis over <r²>, both partitions; 0 by symmetry on a cubic site (1) */
  anisotropy: number[];
  /** length of l = 2 of the deformation, nearest nucleus (e Å²) */
  quadrupole: number;
  /** length of l = 4 (e Å⁴) */
  hexadecapole: number;
  /** electrons per atom that stand elsewhere than in free atoms (1) */
  moved: number;
  /** pressure by PBE, nuclei at rest (GPa) */
  pbe_gpa: number;
  /** list of the rows behind it */
  rows: spacing.RowUsed[];
}

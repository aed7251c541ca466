// Made from isotunnel/schemas/magnetism.py by scripts/make_frontend_types.py.

export interface MagneticStart {
  /** `non-magnetic`, `ferromagnetic`, `antiferromagnetic` or `as given` */
  name: "non-magnetic" | "ferromagnetic" | "antiferromagnetic" | "as given";
  /** moments that the run began with, per atom (μ_B) */
  start_mu_b: number[];
  /** moments that it ended with, per atom; empty where it failed (μ_B) */
  found_mu_b: number[];
  /** of the cell, above the lowest of all runs; `null` where it failed (eV) */
  energy_ev: number | null;
  /** why it failed; empty where it did not */
  failed: string;
}

export interface Magnetism {
  /** `non-magnetic`, `ferromagnetic`, `antiferromagnetic` or `ferrimagnetic` */
  order: "non-magnetic" | "ferromagnetic" | "antiferromagnetic" | "ferrimagnetic";
  /** of the cell (μ_B) */
  moment_mu_b: number;
  /** of each atom, inside its sphere; need not add up to the cell's (μ_B) */
  moments_mu_b: number[];
  /** energy of the cell below the non-magnetic state; `null` without moments (eV) */
  gain_ev: number | null;
  /** list of [spin objects](#spin), up first; empty without moments */
  channels: SpinChannel[];
  /** list of [runs](#magnetic-start), the one chosen first */
  tried: MagneticStart[];
}

export interface SpinChannel {
  /** `up` (the majority) or `down` */
  spin: "up" | "down";
  /** highest filled level of this spin; the Fermi level where it is metallic, `null` where it has no electrons (eV) */
  vbm_ev: number | null;
  /** lowest empty level of this spin; likewise (eV) */
  cbm_ev: number | null;
  /** their distance, 0 where this spin is metallic (eV) */
  band_gap_ev: number | null;
  /** states of this spin per eV and cell at the Fermi level (1/eV) */
  dos_fermi_per_ev_cell: number;
}

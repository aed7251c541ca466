// Made from isotunnel/schemas/metal.py by scripts/make_frontend_types.py.

import type * as spacing from "./spacing.ts";

export interface IonMobility {
  /** symbol */
  element: string;
  /** `solid` or `liquid` */
  state: "solid" | "liquid";
  /** in the middle of the range in which self-diffusion was measured (K) */
  temperature_k: number;
  /** self-diffusion of the ions (cm²/s) */
  diffusion_cm2_s: number;
  /** e D / (k T) (cm²/(V s)) */
  ion_mobility_cm2_vs: number;
  /** at that temperature (µΩ cm) */
  resistivity_uohm_cm: number;
  /** whether the resistivity is that of another temperature, in proportion to T */
  carried_on: boolean;
  /** 1 / (n e rho), as if each ion had given one electron (cm²/(V s)) */
  charge_mobility_cm2_vs: number;
  /** base-10 logarithm of the two mobilities' ratio (1) */
  orders: number;
  /** list of the measured rows behind it */
  rows: spacing.RowUsed[];
}

export interface Metal {
  /** `isotunnel.electron_sea/1` */
  schema: "isotunnel.electron_sea/1";
  /** list of metals */
  metals: SeaMetal[];
  /** list of the rows of data left out */
  dropped: spacing.RowDropped[];
  /** list of mobilities of charge and of ions; all that are known where no metal is named */
  mobility: IonMobility[];
}

export interface NeighbourShift {
  /** potential energy of the ion in the electron's screened field; negative where it draws near (eV) */
  interaction_ev: number;
  /** outward force on the ion; negative towards the electron (eV/Å) */
  force_ev_angstrom: number;
  /** outward displacement against the ion's own spring (Å) */
  displacement_angstrom: number;
}

export interface SeaMetal {
  /** symbol */
  element: string;
  /** `bcc`, `fcc`, `hcp` or another name, for which the ion sphere's constant stands in */
  structure: string;
  /** electrons given to the sea (1) */
  valence: number;
  /** radius of the empty core, put in so that the volume is the measured one (bohr) */
  core_radius_bohr: number;
  /** radius of the sphere of one electron at that volume (bohr) */
  r_s_bohr: number;
  /** measured, per atom; put in (Å³) */
  volume_a3: number;
  /** a prediction object */
  predicted: SeaPrediction;
  /** predicted cohesive energy per atom, after the measured ionisation energies are taken off (eV) */
  cohesive_ev: number;
  /** measured cohesive energy per atom (eV) */
  measured_cohesive_ev: number;
  /** measured bulk modulus (GPa) */
  measured_bulk_modulus_gpa: number;
  /** by screening model: a shift object; empty where no Debye temperature is tabulated */
  shifts: Record<string, NeighbourShift>;
  /** list of the measured rows behind it */
  rows: spacing.RowUsed[];
}

export interface SeaPrediction {
  /** per ion (Å³) */
  volume_a3: number;
  /** per ion, against free ions and electrons (eV) */
  energy_ev: number;
  /** V d²E/dV² (GPa) */
  bulk_modulus_gpa: number;
}

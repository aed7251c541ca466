// Made from isotunnel/schemas/planet.py by scripts/make_frontend_types.py.

import type * as spacing from "./spacing.ts";

export interface FieldAge {
  /** highest measured of iron at core conditions (S/m) */
  conductivity_s_m: number;
  /** radius of the core (km) */
  core_radius_km: number;
  /** free decay of the dipole, μ₀σR²/π² (yr) */
  decay_years: number;
  /** the oldest rocks that hold a field (yr) */
  age_years: number;
  /** since the last reversal (yr) */
  reversal_years: number;
  /** of the dipole moment between the epochs, over the first, without sign (1) */
  dipole_change: number;
  /** year */
  first_epoch: number;
  /** year */
  last_epoch: number;
  /** rows of data */
  rows: spacing.RowUsed[];
}

export interface HotLayer {
  /** a conducting layer */
  layer: string;
  /** formula */
  material: string;
  /** lowest in the layer (K) */
  temperature_k: number;
  /** highest critical temperature known of the material (K) */
  tc_k: number;
  /** `measured` or `calculated` */
  tc_kind: "measured" | "calculated";
  /** rows of data */
  rows: spacing.RowUsed[];
}

export interface MeasuredConductor {
  /** formula */
  material: string;
  /** pressure (GPa) */
  pressure_gpa: number;
  /** temperature (K) */
  temperature_k: number;
  /** per atom (Å³) */
  volume_a3: number;
  /** measured conductivity (S/m) */
  measured_s_m: number;
  /** by theory: [state objects](#planetstate) */
  predicted: Record<string, PlanetState>;
  /** the row of data */
  row: spacing.RowUsed;
}

export interface Planet {
  /** `isotunnel.planet/1` */
  schema: "isotunnel.planet/1";
  /** the planet */
  body: string;
  /** `null` where single points are all that is known (km) */
  radius_km: number | null;
  /** list of sources of the profile */
  sources: string[];
  /** list of points from the surface inwards */
  points: PlanetPoint[];
  /** by material: lists of transitions that the tunnel theory rests on */
  anchors: Record<string, PlanetAnchor[]>;
  /** list of conducting layers and how hot they are */
  hot: HotLayer[];
  /** list of conductivities measured of these materials */
  measured: MeasuredConductor[];
  /** the life of Earth's field; `null` of other planets */
  field: FieldAge | null;
}

export interface PlanetAnchor {
  /** what smaller volumes are: `superconducting`, `conducting`; or what larger ones are: `insulating` */
  boundary: "superconducting" | "conducting" | "insulating";
  /** per atom (Å³) */
  volume_a3: number;
  /** critical temperature there; `null` of other boundaries (K) */
  tc_k: number | null;
  /** `measured` or `calculated` */
  kind: "measured" | "calculated";
  /** `solid` or `liquid`: in which the transition was seen */
  structure: "solid" | "liquid";
  /** the transition and how its volume was found */
  source: string;
}

export interface PlanetPoint {
  /** name of the layer */
  layer: string;
  /** formula of what it is made of, mostly */
  material: string;
  /** `solid` or `liquid`; a dense fluid counts as liquid */
  structure: "solid" | "liquid";
  /** below the surface; `null` where single points are all that is known (km) */
  depth_km: number | null;
  /** distance from the centre (km) */
  radius_km: number | null;
  /** pressure (GPa) */
  pressure_gpa: number;
  /** temperature (K) */
  temperature_k: number;
  /** density of the model (g/cm³) */
  density_g_cm3: number | null;
  /** per atom; `null` where density or composition are not known (Å³) */
  volume_a3: number | null;
  /** by theory, `spacing` and `standard`: [state objects](#planetstate) */
  states: Record<string, PlanetState>;
  /** the row of data */
  row: spacing.RowUsed;
}

export interface PlanetState {
  /** `superconductor`, `metal` or `insulator`; `null` where the theory cannot say */
  state: "superconductor" | "metal" | "insulator" | null;
  /** why */
  reason: string;
  /** `null` in a superconductor and where the theory gives none (S/m) */
  conductivity_s_m: number | null;
}

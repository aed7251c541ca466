// Made from isotunnel/schemas/fits.py by scripts/make_frontend_types.py.

export interface Duel {
  /** name */
  split: string;
  /** free parameters of each (1) */
  parameters: number;
  /** law of Bloch-Grüneisen, or `best`: the one that fits a metal's training points best */
  rival: string;
  /** law of the tunnel theory, or `best` */
  tunnel: string;
  /** number on which both were judged (1) */
  metals: number;
  /** metals on which the rival has the smaller held-out error (1) */
  rival_wins: number;
  /** the same of the tunnel theory (1) */
  tunnel_wins: number;
  /** of the wins that are the rival's (1) */
  share: number | null;
  /** lower end of its 95 % interval (1) */
  share_low: number | null;
  /** upper end (1) */
  share_high: number | null;
  /** two-sided, of a share of one half (1) */
  p_value: number | null;
}

export interface Fit {
  /** name */
  law: string;
  /** as in `laws` */
  theory: "tunnel" | "bloch_grueneisen" | "yardstick";
  /** name */
  split: "alternate" | "extrapolate";
  /** as above */
  noise: "relative" | "absolute";
  /** without sigma (1) */
  free_parameters: number | null;
  /** why there are no numbers; empty where there are */
  reason: string;
  /** list of parameter objects */
  parameters: FittedParameter[];
  /** matrix; zero for parameters at a bound; `null` without scatter (units of the parameters) */
  covariance: number[][] | null;
  /** scatter about the law on training points (1 or µΩ cm) */
  sigma: number | null;
  /** score object of the points that were fitted */
  training: FitScore | null;
  /** score object of the others */
  held_out: FitScore | null;
  /** of the training points (1) */
  aic: number | null;
  /** of the training points (1) */
  bic: number | null;
  /** AIC corrected for few points; `null` with too few (1) */
  aicc: number | null;
}

export interface FitDropped {
  /** id in the table */
  row: string;
  /** of the row (K) */
  temperature_k: number;
  /** why it is not used */
  reason: string;
}

export interface FitPoint {
  /** id in the table `resistivity_vs_temperature` */
  row: string;
  /** of the row (K) */
  temperature_k: number;
  /** where it was published */
  source: string;
  /** how far to trust it, A to C */
  grade: "A" | "B" | "C";
  /** whether it is read off a published smooth curve */
  curve: boolean;
  /** from the equation of state (Å³ per atom) */
  volume_angstrom3: number;
  /** measured resistivity (µΩ cm) */
  rho_uohm_cm: number;
}

export interface FitScore {
  /** how many (1) */
  points: number;
  /** root mean square of law/measured − 1 (1) */
  rms_relative: number;
  /** largest of these in size (1) */
  worst_relative: number;
  /** with the training points' sigma; `null` where none is left (1) */
  log_likelihood: number | null;
}

export interface Fits {
  /** `isotunnel.fits/1` */
  schema: "isotunnel.fits/1";
  /** `relative` or `absolute` */
  noise: "relative" | "absolute";
  /** meaning of each split, by name */
  splits: Record<string, string>;
  /** list of law objects */
  laws: Law[];
  /** list of metal objects */
  metals: Metal[];
  /** list of objects of metals without enough rows */
  skipped: Skipped[];
  /** list of standing objects, one for each split and law */
  standings: Standing[];
  /** list of duel objects */
  duels: Duel[];
  /** why no R(P) is fitted */
  pressure: string;
}

export interface FittedParameter {
  /** of the parameter */
  name: string;
  /** at the best fit (`unit`) */
  value: number;
  /** standard error; `null` at a bound or where undetermined (`unit`) */
  error: number | null;
  /** its unit */
  unit: string;
  /** whether a bound holds it, or nothing depends on it */
  at_bound: boolean;
}

export interface Law {
  /** as in all other places */
  name: string;
  /** for a person */
  title: string;
  /** `tunnel`, `bloch_grueneisen` or `yardstick` */
  theory: "tunnel" | "bloch_grueneisen" | "yardstick";
  /** in plain text */
  formula: string;
  /** number of free parameters; `null` where the data decide (1) */
  parameters: number | null;
}

export interface Metal {
  /** element */
  metal: string;
  /** the one phase that is fitted */
  phase: string;
  /** Debye temperature from heat capacity; `null` where unknown (K) */
  theta_d_k: number | null;
  /** where that is from */
  theta_source: string;
  /** V at 273.15 K and room pressure (Å³ per atom) */
  reference_volume_angstrom3: number;
  /** list of point objects, by temperature */
  points: FitPoint[];
  /** list of objects of rows that are not used */
  dropped: FitDropped[];
  /** list of fit objects, one for each split and law */
  fits: Fit[];
  /** list of sentences */
  remarks: string[];
}

export interface Skipped {
  /** element */
  metal: string;
  /** with the rows counted */
  reason: string;
}

export interface Standing {
  /** name */
  split: string;
  /** name */
  law: string;
  /** as in `laws` */
  theory: "tunnel" | "bloch_grueneisen" | "yardstick";
  /** as in `laws` (1) */
  parameters: number | null;
  /** number on which it was judged (1) */
  metals: number;
  /** number on which it could not be (1) */
  failed: number;
  /** over metals, of the held-out `rms_relative` (1) */
  median_held_out: number | null;
  /** the largest (1) */
  worst_held_out: number | null;
  /** the same of the training points (1) */
  median_training: number | null;
  /** metals where it is the best of both theories; `null` where it takes no part (1) */
  wins: number | null;
  /** metals where it beats the polynomial with as many parameters (1) */
  beats_yardstick: number | null;
}

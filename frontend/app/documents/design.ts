// Made from isotunnel/schemas/design.py by scripts/make_frontend_types.py.

export interface Design {
  /** `isotunnel.design/1` */
  schema: "isotunnel.design/1";
  /** what the ranking rests on */
  predicted_by: string;
  /** what is known of it */
  stability: string;
  /** of the volumes of scaled cells on known members: root mean square of the logarithm (1) */
  spread: number;
  /** candidates in all (1) */
  searched: number;
  /** list of the structure types asked for */
  prototypes: DesignPrototype[];
  /** list of candidates, lowest gap first */
  candidates: DesignCandidate[];
  /** list of those computed by DFT, now or beforehand */
  verified: DesignVerified[];
  /** list of how the ranking does on hydrides that were made */
  areas: DesignArea[];
}

export interface DesignArea {
  /** `found`: successes against all other candidates; `told apart`: against failures */
  name: string;
  /** whether only candidates of one prototype are compared */
  within: boolean;
  /** hydrides with a measured Tc of at least 77 K (1) */
  successes: number;
  /** what they are compared with (1) */
  others: number;
  /** area under the receiver's curve by the tunnel gap, with its 95 % interval over prototypes (1) */
  tunnel: number[] | null;
  /** the same by the mass of the other atoms over that of the hydrogen (1) */
  composition: number[] | null;
  /** `helps`, `hurts`, `no help is shown` or `cannot say` */
  verdict: string;
}

export interface DesignCandidate {
  /** of the candidate, least electronegative element first */
  formula: string;
  /** name of its structure type */
  prototype: string;
  /** the known crystal whose cell was scaled */
  cell_of: string;
  /** of that cell; `null` where its source does not say (GPa) */
  pressure_gpa: number | null;
  /** of the candidate's cell to it (1) */
  volume_ratio: number;
  /** how far the radius of an element lies outside the range of known members on its site; 0 inside (1) */
  beyond_size: number;
  /** whether it is a known member of the prototype */
  known: boolean;
  /** gap of the reading atomic in three dimensions; `null` where there is none (eV) */
  gap_ev: number | null;
  /** its error from the grid (eV) */
  gap_error_ev: number | null;
  /** the same at the volume divided by exp(`spread`); `null` beyond the first 50 (eV) */
  gap_denser_ev: number | null;
  /** the same at the volume times exp(`spread`) (eV) */
  gap_wider_ev: number | null;
  /** mass of the other atoms over that of the hydrogen; `null` without hydrogen (1) */
  mass_ratio: number | null;
  /** what the tunnel theory says, and whether the cell leaves it open */
  predicted: string;
  /** what is known of it, and why machine-learned energies do not say more */
  stability: string;
  /** how far it lies outside what is known: sizes of elements, and the cell's volume over the known one's */
  outside: string;
}

export interface DesignPrototype {
  /** of the prototype */
  name: string;
  /** the same in words, with the space group */
  title: string;
}

export interface DesignVerified {
  /** of the candidate */
  formula: string;
  /** name of its structure type */
  prototype: string;
  /** of the scaled cell, which is not relaxed; `null` where nothing could be computed (GPa) */
  pressure_gpa: number | null;
  /** energy of the softest phonon at the wave vectors that the supercell holds; negative stands for imaginary (meV) */
  lowest_mode_mev: number | null;
  /** whether these are the zone centre alone */
  zone_centre_only: boolean | null;
  /** whether no mode there is imaginary */
  stable: boolean | null;
  /** lambda by rigid muffin tins; `null` where unstable (1) */
  coupling: number | null;
  /** logarithmic mean frequency (K) */
  omega_log_k: number | null;
  /** Tc by Allen and Dynes (K) */
  tc_k: number | null;
  /** it was computed with (1) */
  mu_star: number | null;
  /** the same in words, with what was not looked at; or why nothing could be computed */
  stability: string;
}

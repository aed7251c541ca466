// Made from isotunnel/schemas/answer.py by scripts/make_frontend_types.py.

import type * as diagram from "./diagram.ts";

export interface TheoryAnswer {
  /** its short name */
  theory: string;
  /** name of the material */
  material: string;
  /** pressure (GPa) */
  pressure_gpa: number;
  /** temperature (K) */
  temperature_k: number;
  /** `superconductor`, `metal`, `insulator`, or `null` where it cannot say */
  state: "superconductor" | "metal" | "insulator" | null;
  /** why this state, or why none */
  state_reason: string;
  /** probability of the state from the errors of the parameters; `null` where not known (1) */
  confidence: number | null;
  /** resistivity (µΩ cm) */
  rho_uohm_cm: diagram.Answer;
  /** critical temperature at this pressure; 0 is no superconductivity (K) */
  tc_k: diagram.Answer;
  /** thermodynamic critical field at this temperature (T) */
  hc_t: diagram.Answer;
  /** upper critical field at this temperature (T) */
  hc2_t: diagram.Answer;
  /** depairing current density at this temperature (A/cm²) */
  jc_a_cm2: diagram.Answer;
  /** list of parameters that the numbers rest on */
  used: Used[];
  /** what a user should know of this answer */
  notes: string[];
  /** whether the state rests on data carried on beyond what was computed or measured */
  extrapolated: boolean;
}

export interface Used {
  /** of the parameter */
  name: string;
  /** the number (its own) */
  value: number;
  /** its unit */
  unit: string;
  /** one standard deviation, `null` where not stated (its own) */
  error: number | null;
  /** where it comes from */
  source: string;
}

// Made from isotunnel/schemas/diagram.py by scripts/make_frontend_types.py.

export interface Answer {
  /** `null` where the theory cannot say (K) */
  value: number | null;
  /** one standard deviation from the parameters' errors; `null` where not known (K) */
  error: number | null;
  /** the reason, or `null` */
  cannot_say: string | null;
  /** a better founded Tc from the same parameters, where a formula's coupling is above 1.5; else `null` */
  beside: Beside | null;
  /** names of parameters for whose want of an error `error` is `null` */
  error_unknown: string[];
}

export interface Axis {
  /** lower end (GPa or K) */
  low: number;
  /** upper end (GPa or K) */
  high: number;
  /** whether it is logarithmic */
  log: boolean;
}

export interface Beside {
  /** its theory */
  theory: string;
  /** its Tc (K) */
  value: number;
}

export interface Boundary {
  /** state on the colder side; of a wall, at lower pressure */
  colder: "superconductor" | "metal" | "insulator" | null;
  /** state on the other side */
  hotter: "superconductor" | "metal" | "insulator" | null;
  /** whether it runs along one pressure */
  wall: boolean;
  /** of its points (GPa) */
  pressure_gpa: number[];
  /** of its points (K) */
  temperature_k: number[];
  /** one standard deviation below, `null` where not known (K) */
  low_k: (number | null)[];
  /** one standard deviation above (K) */
  high_k: (number | null)[];
}

export interface Diagram {
  /** `isotunnel.diagram/1` */
  schema: "isotunnel.diagram/1";
  /** of the substance */
  name: string;
  /** in words */
  title: string;
  /** an axis object (GPa) */
  pressure_gpa: Axis;
  /** an axis object (K) */
  temperature_k: Axis;
  /** list of panel objects, one per theory */
  panels: Panel[];
  /** list of conventional line objects */
  phase_lines: PhaseLine[];
  /** a conventional phase object, or `null` where nothing is tabulated */
  phases: Phases | null;
  /** list of measured point objects */
  measured: MeasuredPoint[];
  /** list of objects: parts of the plane where the crystal may have melted */
  melting_unknown: MeltingUnknown[];
  /** rows of the measured tables that are no points, with reasons */
  dropped: string[];
  /** what a reader should know */
  notes: string[];
}

export interface Grid {
  /** evenly spaced along the axis (GPa) */
  pressure_gpa: number[];
  /** evenly spaced along the axis (K) */
  temperature_k: number[];
  /** list by temperature of lists by pressure: `superconductor`, `metal`, `insulator` or `null` */
  states: (("superconductor" | "metal" | "insulator" | null)[])[];
}

export interface Isobar {
  /** where (GPa) */
  pressure_gpa: number;
  /** from cold to hot */
  states: ("superconductor" | "metal" | "insulator" | null)[];
  /** why each, at one point of it */
  reasons: string[];
  /** whether each rests on data carried on beyond what was computed or measured */
  extrapolated: boolean[];
  /** whether each is a conductor that may superconduct; its state is `null` */
  undecided: boolean[];
  /** temperatures between the states, one fewer (K) */
  cuts_k: number[];
  /** pairs of temperatures between which the state is less sure than one standard deviation (K) */
  unsure_k: number[][];
  /** critical temperature: an answer object (K) */
  tc_k: Answer;
}

export interface MeasuredPoint {
  /** `tc`, `tc_somewhere`, `tc_slope`, `claim`, `none`, `insulator_to_metal`, `metal_to_insulator`, `conducts`, `insulates` */
  kind: "tc" | "tc_somewhere" | "tc_slope" | "claim" | "none" | "insulator_to_metal" | "metal_to_insulator" | "conducts" | "insulates";
  /** pressure; of a range its start (GPa) */
  pressure_gpa: number;
  /** end of a range, else `null` (GPa) */
  pressure_end_gpa: number | null;
  /** temperature; `null` where not stated (K) */
  temperature_k: number | null;
  /** of a slope, Tc at its end, else `null` (K) */
  temperature_end_k: number | null;
  /** standard error, `null` where not stated (K) */
  temperature_error_k: number | null;
  /** in words */
  label: string;
  /** id of the row of the measured tables */
  row: string;
  /** where it comes from */
  source: string;
  /** A to D */
  grade: "A" | "B" | "C" | "D";
  /** address or DOI of what was read, or empty */
  url: string;
  /** what a user should know of the row, or empty */
  note: string;
  /** phase or structure of the sample, or empty */
  phase: string;
  /** standard error, `null` where not stated (GPa) */
  pressure_error_gpa: number | null;
  /** whether it is clear enough to contradict a theory */
  decides: boolean;
  /** by theory: its Tc (its slope for a measured slope) where it has one, else its state there; `(put in)` or `(fitted to it)` where that is no prediction */
  theories_say: Record<string, string>;
  /** names of the theories into which it was put, or a parameter of which was fitted to it */
  put_into: string[];
  /** by theory that contradicts it, how */
  contradicted: Record<string, string>;
}

export interface MeltingUnknown {
  /** lower end of the pressures at which the melting line is not known (GPa) */
  low_gpa: number;
  /** upper end (GPa) */
  high_gpa: number;
  /** up to here the crystal is taken as solid all the same (K) */
  above_k: number;
  /** why it is not known */
  reason: string;
}

export interface Panel {
  /** its name */
  theory: string;
  /** in words */
  title: string;
  /** where it was published */
  references: string[];
  /** what it assumes and where it breaks, as its `assumptions` state */
  assumptions: string[];
  /** share of the plane's area by state; `cannot say` is one of them (1) */
  shares: Partial<Record<"superconductor" | "metal" | "insulator" | "cannot say", number>>;
  /** list of reason objects: why it cannot say */
  reasons: Reason[];
  /** a grid object */
  grid: Grid;
  /** list of column objects, by rising pressure */
  columns: Isobar[];
  /** list of boundary objects */
  boundaries: Boundary[];
  /** list of parameter objects */
  used: ParameterUsed[];
  /** list of input objects: what the theory was given and does not predict; `null` where it does not tell */
  inputs: TheoryInput[] | null;
  /** remarks of the theory's answers */
  notes: string[];
}

export interface ParameterUsed {
  /** to which it belongs */
  phase: string;
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

export interface PhaseLine {
  /** `melting`, `boiling` or `transition` */
  kind: "melting" | "boiling" | "transition";
  /** `measured`, `extrapolated` or `estimate` */
  quality: "measured" | "extrapolated" | "estimate";
  /** what it parts */
  name: string;
  /** of its points (GPa) */
  pressure_gpa: number[];
  /** of its points (K) */
  temperature_k: number[];
  /** of its pressure (K for a transition on heating), `null` where not stated (GPa) */
  uncertainty: number | null;
  /** where it comes from */
  source: string;
  /** what a user should know of it, or empty */
  note: string;
}

export interface Phases {
  /** evenly spaced along the axis (GPa) */
  pressure_gpa: number[];
  /** evenly spaced along the axis (K) */
  temperature_k: number[];
  /** list by temperature of lists by pressure: `gas`, `liquid`, `supercritical`, `solid NAME`, `unknown` */
  names: string[][];
}

export interface Reason {
  /** the reason; numbers that differ from place to place are ranges */
  text: string;
  /** of the plane's area (1) */
  share: number;
  /** from where to where its region reaches (GPa) */
  pressures_gpa: number[];
  /** from where to where its region reaches (K) */
  temperatures_k: number[];
  /** whether it is a conductor that may superconduct */
  undecided: boolean;
}

export interface TheoryInput {
  /** the phases that share it */
  phases: string;
  /** `tc`, `transition` (between insulator and metal), `normal` (no superconductivity seen), `metal` or `insulator` (state taken as given), `parameter` (fitted to a Tc) */
  kind: "tc" | "transition" | "normal" | "metal" | "insulator" | "parameter";
  /** where; of a range its start (GPa) */
  pressure_gpa: number;
  /** end of a range; `null` for a point, and for a range without end (GPa) */
  pressure_end_gpa: number | null;
  /** where, or the Tc; `null` for every temperature (K) */
  temperature_k: number | null;
  /** standard error of it, `null` where not stated (K) */
  error_k: number | null;
  /** what was put in */
  words: string;
  /** where it comes from */
  source: string;
}

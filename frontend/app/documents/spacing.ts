// Made from isotunnel/schemas/spacing.py by scripts/make_frontend_types.py.

export interface Cold {
  /** lowest tabulated temperature (K) */
  temperature_k: number;
  /** ρ there over ρ at room temperature (1) */
  resistivity_ratio: number;
  /** V there over V at room temperature (1) */
  volume_ratio: number;
  /** that gives the same volume at room temperature (GPa) */
  pressure_gpa: number;
}

export interface Loss {
  /** Δ lost at each hop (eV) */
  loss_ev: number;
  /** field that makes up for it (V/cm) */
  threshold_v_per_cm: number;
  /** that over Ohm's field (1) */
  over_ohmic: number;
  /** share of hops that may lose Δ if the field is Ohm's (1) */
  share_of_hops: number;
  /** current density at which every hop would (A/cm²) */
  saturation_a_per_cm2: number;
}

export interface Number {
  /** the number */
  value: number;
  /** where it comes from */
  source: string;
  /** one standard deviation; `null` where unknown */
  error: number | null;
}

export interface RowDropped {
  /** measured table */
  table: string;
  /** its id there */
  row: string;
  /** material */
  label: string;
  /** why it was left out */
  reason: string;
}

export interface RowUsed {
  /** table, scan, or `matter` for an equation of state */
  table: string;
  /** its id there */
  row: string;
  /** material */
  label: string;
  /** where it was published */
  source: string;
}

export interface Spacing {
  /** `isotunnel.spacing/1` */
  schema: "isotunnel.spacing/1";
  /** list of test objects, T1 to T5 or those asked for */
  tests: SpacingTest[];
}

export interface SpacingTest {
  /** `T1` to `T5`, see [the five tests](../explanation/spacing-tests.md) */
  id: "T1" | "T2" | "T3" | "T4" | "T5";
  /** what was compared */
  title: string;
  /** one object per material, other keys in each test (below) */
  rows: (T1Row | T2Row | T3Row | T4Row | T5Row)[];
  /** list of numbers over all rows */
  statistics: Statistic[];
  /** list of the rows of data behind them */
  used: RowUsed[];
  /** list of the rows of data left out */
  dropped: RowDropped[];
  /** assumptions and limits, in sentences */
  notes: string[];
}

export interface Statistic {
  /** short name, for ever */
  name: string;
  /** what it is, and what `p_value` compares with */
  title: string;
  /** its unit; empty for a pure number */
  unit: string;
  /** the number; `null` where there is none (see `unit`) */
  value: number | null;
  /** lower end of the 95 % interval; `null` where it has none or too few rows close it (see `unit`) */
  low: number | null;
  /** upper end (see `unit`) */
  high: number | null;
  /** independent rows behind it (1) */
  rows: number;
  /** probability of data at least as far off; `null` where nothing is compared (1) */
  p_value: number | null;
  /** why there is no number; `null` where there is one */
  cannot_say: string | null;
}

export interface T1Row {
  /** metal */
  name: string;
  /** d ln ρ/d ln V from heating, α/β (1) */
  heating: Number;
  /** the same from squeezing, 1/3 − K d ln R/dP (1) */
  squeezing: Number | null;
  /** 1 or −1, also where only the sign is known; `null` where it is not */
  squeezing_sign: -1 | 1 | null;
  /** 1 or −1; `null` where zero within two errors */
  heating_sign: -1 | 1 | null;
  /** heating over squeezing (1) */
  ratio: Number | null;
  /** d ln ρ/d ln V from heating by the Bloch-Grüneisen law (1) */
  bloch_heating: Number | null;
  /** from squeezing by that law (1) */
  bloch_squeezing: Number | null;
  /** d ln R/dP that volume alone demands (1/GPa) */
  predicted_squeeze_per_gpa: Number;
  /** d ln R/dP of the Bloch-Grüneisen law (1/GPa) */
  bloch_squeeze_per_gpa: Number | null;
  /** d ln R/dP as measured (1/GPa) */
  measured_squeeze_per_gpa: Number | null;
  /** coldest tabulated point: `temperature_k`, `resistivity_ratio`, `volume_ratio` and the `pressure_gpa` of equal volume */
  cold: Cold | null;
  /** ρ over that at no pressure, at the cold point's pressure, from the measured derivative (1) */
  squeezed_ratio: number | null;
}

export interface T2Row {
  /** superconductor */
  name: string;
  /** element, cuprate, ... */
  family: string;
  /** critical temperature (K) */
  tc_k: Number | null;
  /** dTc/dP (K/GPa) */
  measured: Number | null;
  /** 1, −1, 0 for flat; `null` where disputed */
  sign: -1 | 0 | 1 | null;
  /** whether `measured` is an initial slope */
  initial: boolean;
  /** slope of the isochore, 1/(Kβ) at Tc (K/GPa) */
  predicted: Number | null;
  /** measured over predicted (1) */
  ratio: Number | null;
}

export interface T3Row {
  /** material */
  name: string;
  /** what was replaced */
  isotope: string;
  /** rows of one set of elements share it */
  group: string;
  /** whether it is an element */
  simple: boolean;
  /** whether only some sites of a compound were exchanged; such rows are shown, not counted */
  partial: boolean;
  /** isotope exponent (1) */
  alpha: Number;
  /** α in units of its error (1) */
  sigma_from_zero: number | null;
  /** α − 0.5 in units of its error (1) */
  sigma_from_bcs: number | null;
  /** whether α is nearer 0 than 0.5 */
  nearer_zero: boolean;
  /** exponent by the isotopes' volumes with the measured dTc/dP (1) */
  volume_alpha: Number | null;
  /** exponent by the isotopes' volumes on the theory's isochore (1) */
  isochore_alpha: Number | null;
}

export interface T4Row {
  /** metal */
  name: string;
  /** at 293 K (µΩ cm) */
  resistivity: Number;
  /** distance of nearest atoms (Å) */
  hop: Number;
  /** ρj at 1 A/mm² (V/cm) */
  ohmic_field_v_per_cm: number;
  /** Joule heat per electron and hop (eV) */
  heat_per_hop_ev: Number;
  /** list of losses that were tried */
  losses: Loss[];
}

export interface T5Row {
  /** material */
  name: string;
  /** whether it becomes a metal on compression */
  better: boolean;
  /** list of pressures of that (GPa) */
  better_gpa: number[];
  /** list of pressures at which it becomes an insulator, semiconductor or semimetal (GPa) */
  worse_gpa: number[];
  /** whether it becomes an insulator or semiconductor */
  worse: boolean;
  /** whether it becomes at least a semimetal */
  partly_worse: boolean;
  /** list of pressures up to which no metal was found (GPa) */
  searched_gpa: number[];
  /** at first compression; `null` where unknown or disputed */
  resistance_rises: boolean | null;
}

// Made from isotunnel/schemas/scorecard.py by scripts/make_frontend_types.py.

import type * as spacing from "./spacing.ts";

export interface Chance {
  /** numbers judged by a rule, those that are only reported left out (1) */
  judged: number;
  /** those of them with a confidence interval and rows enough for a verdict (1) */
  tested: number;
  /** those of `tested` put into a range (1) */
  decided: number;
  /** those put into a range by a spread of measurements or an exact count (1) */
  without: number;
  /** how many of `tested` would be put into a range by chance, at most (1) */
  expected: number;
  /** false discovery rate of `decided` among `tested` (Benjamini and Hochberg); `null` without any (1) */
  rate: number | null;
  /** list of those that do not stand at 5 % */
  weak: WeakNumber[];
}

export interface ClaimEntry {
  /** `A1` to `C11` */
  id: string;
  /** the claim in one sentence */
  statement: string;
  /** heading of the paper under which it stands */
  section: string;
  /** what decides it */
  decides: string;
  /** form of the standard theory that answers the same question, or empty */
  rival: string;
  /** measured tables it rests on, or `atlas` */
  tables: string[];
  /** what the test cannot show */
  limits: string;
  /** whether it is */
  computed: boolean;
  /** why no data could decide it; empty for a claim that some could */
  not_testable: string;
  /** list of deciding numbers with their rules */
  parts: ClaimPart[];
}

export interface ClaimPart {
  /** short name */
  name: string;
  /** what the number is */
  title: string;
  /** how it is computed, where the title does not say it */
  formula: string;
  /** its unit, empty for a pure number */
  unit: string;
  /** who is judged by it */
  sides: ("paper" | "rival" | "yours")[];
  /** both ends of the range; `null` for an open end (number's) */
  supported: (number | null)[];
  /** both ends of the range (number's) */
  contradicted: (number | null)[];
  /** with fewer rows nothing is decided (1) */
  minimum_rows: number;
  /** whether it can contradict the claim but not support it */
  necessary: boolean;
  /** `telling`, `necessary`, or `reported`: shown beside the others, decides nothing */
  role: "telling" | "necessary" | "reported";
  /** why it is not telling; empty for a telling part */
  because: string;
}

export interface Common {
  /** name of the part */
  part: string;
  /** the two */
  sides: ("paper" | "rival" | "yours")[];
  /** rows that both answer (1) */
  cases: number;
  /** independent rows among them (1) */
  rows: number;
  /** whether both sides are judged on just these */
  same: boolean;
  /** list of both sides' numbers on them; empty where both answer nothing */
  numbers: CommonNumber[];
  /** the comparison in words */
  sentence: string;
}

export interface CommonNumber {
  /** `paper`, `rival` or `yours` */
  side: "paper" | "rival" | "yours";
  /** what the part's rule would say of these rows alone; it decides nothing */
  verdict: "supported" | "contradicted" | "mixed" | "necessary, not telling" | "undecided" | "not testable" | "not yet computed" | "no statement";
  /** rows that are right; `null` where rows are not right or wrong (1) */
  right: number | null;
  /** the number on the common rows (number's) */
  value: number | null;
  /** lower end of its 95 % interval (number's) */
  low: number | null;
  /** upper end (number's) */
  high: number | null;
  /** what a guess earns on them, or `null` */
  guess: Guess | null;
  /** why there is no number, or `null` */
  cannot_say: string | null;
}

export interface Entered {
  /** name of the case */
  case: string;
  /** numbers and words by name (its own) */
  entered: Record<string, number | string | boolean | null>;
}

export interface Guess {
  /** the guess */
  what: string;
  /** what it earns (number's) */
  value: number;
}

export interface JudgedClaim {
  /** the entry of the register */
  claim: ClaimEntry;
  /** by side: `supported`, `contradicted`, `mixed`, `necessary, not telling`, `undecided`, `not testable`, `not yet computed` or `no statement` */
  verdicts: Partial<Record<"paper" | "rival" | "yours", "supported" | "contradicted" | "mixed" | "necessary, not telling" | "undecided" | "not testable" | "not yet computed" | "no statement">>;
  /** list of the judged numbers */
  numbers: JudgedNumber[];
  /** list of comparisons of two sides on the rows that both answer */
  common: Common[];
  /** what was found, and what it cannot show */
  sentences: string[];
  /** the figure as numbers; `null` while the claim is not computed */
  picture: Picture | null;
  /** module that computes the numbers; `null` while there is none */
  module: string | null;
  /** reading of the theory whose numbers are shown; empty where they rest on none */
  reading: string;
  /** list of the same under the other readings */
  other_readings: OtherReading[];
}

export interface JudgedNumber {
  /** `paper`, `rival` or `yours` */
  side: "paper" | "rival" | "yours";
  /** what the rule gives */
  verdict: "supported" | "contradicted" | "mixed" | "necessary, not telling" | "undecided" | "not testable" | "not yet computed" | "no statement";
  /** the result in words */
  sentence: string;
  /** name of the part */
  part: string;
  /** the number; `null` where there is none (number's) */
  value: number | null;
  /** lower end of its interval (number's) */
  low: number | null;
  /** upper end (number's) */
  high: number | null;
  /** `confidence` (95 %), `range` from the smallest to the largest of a few measurements, or `none` */
  interval: "confidence" | "range" | "none";
  /** measurements that a range spans; `null` for other intervals (1) */
  range_of: number | null;
  /** independent rows behind it (1) */
  rows: number;
  /** what a guess without any theory earns on the same rows; `null` where none is made */
  guess: Guess | null;
  /** list of rows used */
  used: spacing.RowUsed[];
  /** list of rows left out */
  dropped: spacing.RowDropped[];
  /** why there is no number, or `null` */
  cannot_say: string | null;
  /** number and interval as shown */
  text: string;
  /** the rule as shown */
  rule: string;
  /** whether it gave the side its verdict */
  decides: boolean;
  /** what would change the verdict */
  would_change: string;
  /** rows with which the same value would give another verdict; `null` where none would (1) */
  rows_needed: number | null;
  /** reading of the theory that it rests on; empty where it rests on none */
  reading: string;
  /** how number and interval follow from the values */
  method: string;
  /** list of what entered, case by case */
  values: Entered[];
}

export interface Line {
  /** its name */
  label: string;
  /** a constant; `null` for a line through points (axis's) */
  y: number | null;
  /** list of (x, y) (axis's) */
  points: number[][];
}

export interface Mark {
  /** name of the row */
  label: string;
  /** abscissa; `null` in a figure of labelled rows (axis's) */
  x: number | null;
  /** value (axis's) */
  y: number;
  /** lower end of its interval, null where no error is known (axis's) */
  y_low: number | null;
  /** upper end, null likewise (axis's) */
  y_high: number | null;
  /** name of its series */
  series: string;
}

export interface OtherNumber {
  /** `paper`, `rival` or `yours` */
  side: "paper" | "rival" | "yours";
  /** name of the part */
  part: string;
  /** number and interval as shown */
  text: string;
  /** what the rule gives */
  verdict: "supported" | "contradicted" | "mixed" | "necessary, not telling" | "undecided" | "not testable" | "not yet computed" | "no statement";
}

export interface OtherReading {
  /** of the theory */
  reading: string;
  /** by side */
  verdicts: Partial<Record<"paper" | "rival" | "yours", "supported" | "contradicted" | "mixed" | "necessary, not telling" | "undecided" | "not testable" | "not yet computed" | "no statement">>;
  /** list of numbers in short */
  numbers: OtherNumber[];
}

export interface Picture {
  /** one line */
  title: string;
  /** title of the abscissa with unit; empty for labelled rows */
  x_axis: string;
  /** title of the ordinate with unit */
  y_axis: string;
  /** whether it is logarithmic */
  log_x: boolean;
  /** whether it is logarithmic */
  log_y: boolean;
  /** list of points */
  marks: Mark[];
  /** list of reference lines */
  lines: Line[];
  /** instead of points: list of (row, column, count) */
  matrix: ((string | number)[])[];
}

export interface Scorecard {
  /** `isotunnel.scorecard/1` */
  schema: "isotunnel.scorecard/1";
  /** title of the user's theory; `null` without `--theory` */
  theory: string | null;
  /** who is judged: `paper`, `rival`, and `yours` with `--theory` */
  sides: ("paper" | "rival" | "yours")[];
  /** number of claims by side and verdict; those of a side add up to all claims shown (1) */
  totals: Partial<Record<"paper" | "rival" | "yours", Partial<Record<"supported" | "contradicted" | "mixed" | "necessary, not telling" | "undecided" | "not testable" | "not yet computed" | "no statement", number>>>>;
  /** list of claims, in order of their ids */
  claims: JudgedClaim[];
  /** how many verdicts on parts would be wrong by chance */
  chance: Chance;
  /** of the programs */
  versions: Record<string, string>;
  /** confidence level, resamples and seed of the statistics */
  settings: StatisticsSettings;
}

export interface StatisticsSettings {
  /** of all intervals (1) */
  confidence_level: number;
  /** resamples behind a bootstrap interval (1) */
  bootstrap_resamples: number;
  /** of its random numbers (1) */
  bootstrap_seed: number;
}

export interface WeakNumber {
  /** its id */
  claim: string;
  /** name of the part */
  part: string;
  /** `paper`, `rival` or `yours` */
  side: "paper" | "rival" | "yours";
  /** of so clear a result with the true value at the border of its range (1) */
  probability: number;
}

// Made from isotunnel/schemas/hydrides.py by scripts/make_frontend_types.py.

export interface HydrideColumn {
  /** key in `rows`; listed on the [page of the table](hydride-table.md) */
  name: string;
  /** unit; `1` for a number without one, empty for text and counts */
  unit: string;
  /** in words */
  meaning: string;
}

export interface HydrideGain {
  /** whose error is hoped to be smaller */
  better: string;
  /** than whose */
  than: string;
  /** by how much the mean absolute error is smaller; negative where it is larger (K) */
  gain_k: number;
  /** ends of the 95 % interval, rows redrawn (K) */
  by_row: number[];
  /** the same, whole families redrawn (K) */
  by_family: number[];
  /** rows judged (1) */
  rows: number;
  /** chemical families among them (1) */
  families: number;
}

export interface HydrideScore {
  /** of the formula or of the features fitted */
  name: string;
  /** mean absolute error and the ends of its 95 % interval (K) */
  mae_k: number[];
  /** root mean square error (K) */
  rmse_k: number;
  /** mean of the absolute log10 ((1 + estimate/K) / (1 + Tc/K)) (1) */
  log_error: number;
  /** mean of estimate less Tc (K) */
  bias_k: number;
  /** Spearman's and the ends of its 95 % interval; `null` where undefined (1) */
  rank_correlation: number[] | null;
  /** rows judged (1) */
  rows: number;
  /** `unseen`: not fitted to these rows; `unknown`; `left out`: cross-validated */
  seen: "unseen" | "unknown" | "left out";
}

export interface HydrideStudy {
  /** ids of the rows that it rests on */
  rows: string[];
  /** per chemical family: how many of them (1) */
  families: Record<string, number>;
  /** list of score objects of the published formulas */
  formulas: HydrideScore[];
  /** list of score objects of our fits, each family predicted from the others */
  fits: HydrideScore[];
  /** list of gain objects */
  gains: HydrideGain[];
  /** per id: why the row could not be used */
  dropped: Record<string, string>;
}

export interface Hydrides {
  /** `isotunnel.hydrides/1` */
  schema: "isotunnel.hydrides/1";
  /** number of rows per status: `computed`, `failed`, `left out`, `not built` (1) */
  counts: Partial<Record<"computed" | "failed" | "left out" | "not built", number>>;
  /** of the engine, where all rows agree */
  settings: Record<string, string | number | boolean | null>;
  /** per program or data set: the versions that the rows were computed with */
  versions: Record<string, string[]>;
  /** list of column objects */
  columns: HydrideColumn[];
  /** all rows or the one asked for: objects with the column names as keys, `warnings` a list; `null` for no value */
  rows: (Record<string, string | number | string[] | null>)[];
  /** with `--study`: a study object; else `null` */
  study: HydrideStudy | null;
}

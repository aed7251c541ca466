// Made from isotunnel/schemas/analyses.py by scripts/make_frontend_types.py.

import type * as analysis from "./analysis.ts";

export interface Analyses {
  /** `isotunnel.analyses/1` */
  schema: "isotunnel.analyses/1";
  /** list of input objects, in the order given */
  inputs: AnalyzedInput[];
}

export interface AnalyzedInput {
  /** as it was given, or the path of a file in a folder */
  input: string;
  /** `done` or `failed` */
  status: "done" | "failed";
  /** why there is no analysis; empty where there is one */
  problem: string;
  /** an [analysis](#isotunnel-analyze-isotunnelanalysis1); `null` where it failed */
  analysis: analysis.Analysis | null;
}

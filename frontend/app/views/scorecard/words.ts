// The words and colours of verdicts and sides.

import type * as scorecard from "../../documents/scorecard.ts";

export type Verdict = scorecard.JudgedNumber["verdict"];
export type Side = scorecard.JudgedNumber["side"];

export const SIDES: Record<Side, string> = {
  paper: "tunnel theory",
  rival: "standard theory",
  yours: "your theory",
};

export const TONES: Record<Verdict, string> = {
  supported: "good",
  contradicted: "bad",
  mixed: "doubt",
  "necessary, not telling": "",
  undecided: "",
  "not testable": "",
  "not yet computed": "",
  "no statement": "",
};

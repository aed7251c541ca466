// A job as the server tells it.

import { type Problem, ProblemError } from "./api.ts";

export interface Job {
  id: string;
  kind: string;
  title: string;
  /** What it was asked with; what matters of it here. */
  request: { pressures_gpa?: number[]; volume_ratios?: number[] };
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  message: string;
  fraction: number | null;
  error: Problem | null;
}

export function waits({ state }: Job): boolean {
  return state === "queued" || state === "running";
}

/** For a promise's failures: what the server refused is told, anything else stays an error. */
export function told(tell: (problem: Problem) => void) {
  return (error: unknown) => {
    if (error instanceof ProblemError) tell(error.problem);
    else throw error;
  };
}

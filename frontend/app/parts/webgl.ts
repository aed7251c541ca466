// Why a 3D picture could not be drawn.

import { type Problem, ProblemError } from "../api.ts";

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  console.warn(error);
  const message = "this browser cannot show the 3D view (it needs WebGL)";
  return { code: "webgl", message, exit_code: 1 };
}

// What the form asks of the server; it checks, and its line says what is wrong.

export const KINDS = {
  analyze: { words: "everything about a crystal", button: "Analyze", dft: false },
  tunnels: { words: "tunnels of a grid file", button: "Find tunnels", dft: false },
  scan: { words: "scan over pressure or volume", button: "Scan", dft: false },
  pairing: { words: "coupling and Tc, nothing put in but µ*", button: "Compute", dft: true },
} as const;

export type Kind = keyof typeof KINDS;

export const OVER = {
  volume_ratios: {
    words: "volume, the shape kept",
    label: "Volumes over the given one",
    usual: "1, 0.9, 0.8",
  },
  pressures_gpa: { words: "pressure, cells relaxed", label: "Pressures in GPa", usual: "0, 50, 100" },
} as const;

export type Over = keyof typeof OVER;

export interface Asked {
  kind: Kind;
  engine: string;
  over: Over;
  /** As the terminal takes them: "0, 50, 100" or "0:100:10". */
  values: string;
  muStar: string;
  /** A scan with coupling and Tc at each point. */
  paired: boolean;
  gridKind: string;
}

export function requestOf(asked: Asked): Record<string, unknown> {
  const { kind, engine, over, values, muStar, paired, gridKind } = asked;
  if (kind === "scan") return { engine, [over]: values, pairing: paired };
  if (kind === "pairing") return { mu_star: muStar };
  if (kind === "tunnels") return gridKind ? { kind: gridKind } : {};
  return { engine };
}

/** Whether what is asked for runs on DFT alone. */
export function needsDft({ kind, over, paired }: Asked): boolean {
  return KINDS[kind].dft || (kind === "scan" && (paired || over === "pressures_gpa"));
}

// Reading a diagram's document: which state a theory has at a pressure and temperature, and why.

import type * as diagram from "../../documents/diagram.ts";

export type State = "superconductor" | "metal" | "insulator" | null;

export interface Said {
  state: State;
  reason: string;
  extrapolated: boolean;
}

export interface Span extends Said {
  p1: number;
  p2: number;
  t1: number;
  t2: number;
}

export const STATE_WORDS: Record<string, string> = {
  superconductor: "superconductor",
  metal: "conductor",
  insulator: "insulator",
  none: "cannot say",
};

export const stateName = (state: State) => state ?? "none";

/** What a panel says at a point: its isobar next to the pressure, there between two cuts. */
export function saidAt(panel: diagram.Panel, pressure: number, temperature: number): Said {
  const isobar = nearest(panel.columns, pressure);
  const place = isobar.cuts_k.filter((cut) => cut <= temperature).length;
  return said(isobar, place);
}

export function nearest(isobars: readonly diagram.Isobar[], pressure: number): diagram.Isobar {
  let best = isobars[0] as diagram.Isobar;
  for (const one of isobars) {
    if (Math.abs(one.pressure_gpa - pressure) < Math.abs(best.pressure_gpa - pressure)) best = one;
  }
  return best;
}

function said(isobar: diagram.Isobar, place: number): Said {
  return {
    state: isobar.states[place] ?? null,
    reason: isobar.reasons[place] ?? "",
    extrapolated: isobar.extrapolated[place] ?? false,
  };
}

/** The plane as rectangles, a strip per isobar, halfway to its neighbours. */
export function spans(panel: diagram.Panel, axes: { p: diagram.Axis; t: diagram.Axis }): Span[] {
  const { p, t } = axes;
  const middle = (a: number, b: number) => (p.log && a > 0 && b > 0 ? Math.sqrt(a * b) : (a + b) / 2);
  const inside = (value: number) => Math.min(t.high, Math.max(t.low, value));
  return panel.columns.flatMap((isobar, place) => {
    const before = panel.columns[place - 1];
    const next = panel.columns[place + 1];
    const p1 = before ? middle(before.pressure_gpa, isobar.pressure_gpa) : p.low;
    const p2 = next ? middle(isobar.pressure_gpa, next.pressure_gpa) : p.high;
    const ends = [t.low, ...isobar.cuts_k.map(inside), t.high];
    return isobar.states
      .map((_, k) => ({ p1, p2, t1: ends[k] as number, t2: ends[k + 1] as number, ...said(isobar, k) }))
      .filter((span) => span.t2 > span.t1);
  });
}

/** Where two panels have different states: rectangles on a fine grid of both. */
export function disagreements(
  one: diagram.Panel,
  other: diagram.Panel,
  axes: { p: diagram.Axis; t: diagram.Axis },
): Span[] {
  return spans(one, axes).flatMap((span) => {
    const pressure = (span.p1 + span.p2) / 2;
    const isobar = nearest(other.columns, pressure);
    const ends = [span.t1, ...isobar.cuts_k.filter((cut) => cut > span.t1 && cut < span.t2), span.t2];
    return ends.slice(1).flatMap((t2, k) => {
      const t1 = ends[k] as number;
      const there = saidAt(other, pressure, (t1 + t2) / 2);
      return there.state === span.state ? [] : [{ ...span, t1, t2 }];
    });
  });
}

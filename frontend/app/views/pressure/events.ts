// What happens along a scan: where a gap closes or opens, between two points.

import type * as scan from "../../documents/scan.ts";

export interface Event {
  at: number;
  words: string;
}

export interface Curve {
  column: scan.ScanColumn;
  /** Of which reading or field it is, and along how many dimensions. */
  label: string;
  points: { at: number; value: number; error: number | null }[];
}

/** Decimals up to which the curves of two ranks are the same to the eye. */
const SAME = 2;

/** The columns of one quantity with their points; unknown ones are left out, equal ones are one. */
export function curves(found: scan.Scan, quantity: scan.ScanColumn["quantity"]): Curve[] {
  const errors = new Map(found.columns.filter((one) => one.error_of).map((one) => [one.error_of, one.name]));
  const every = found.columns
    .filter((column) => column.quantity === quantity && !column.error_of)
    .map((column) => ({ column, points: pointsOf(found, column, errors.get(column.name) ?? "") }))
    .filter((curve) => curve.points.length > 0);
  const groups = new Map<string, typeof every>();
  for (const curve of every) {
    const { of, engine, unit } = curve.column;
    const same = JSON.stringify([
      of,
      engine,
      unit,
      curve.points.map(({ at, value }) => [at, value.toFixed(SAME)]),
    ]);
    groups.set(same, [...(groups.get(same) ?? []), curve]);
  }
  const engines = new Set(every.map((curve) => curve.column.engine).filter(Boolean));
  return [...groups.values()].map((group) => ({ ...group[0]!, label: labelOf(group, engines.size > 1) }));
}

/** The networking value of the ELF and the molecularity index of hydrogen, where the scan has them. */
export function networking(found: scan.Scan): Curve[] {
  return named(found, { phi: "phi", phi_star: "phi_star" });
}

/** Coupling by rigid muffin tins, and from where to where linear response's is to be expected. */
export function coupling(found: scan.Scan): Curve[] {
  return named(found, { lambda_ep: "λ", lambda_ep_low: "λ, low", lambda_ep_high: "λ, high" });
}

/** Tc that follows from the coupling. */
export function pairedTc(found: scan.Scan): Curve[] {
  return named(found, {
    tc_allen_dynes_k: "Allen-Dynes",
    tc_allen_dynes_low_k: "Allen-Dynes, low",
    tc_allen_dynes_high_k: "Allen-Dynes, high",
    tc_eliashberg_k: "Eliashberg",
  });
}

/** Columns by their names, each with its label; those without a value are left out. */
function named(found: scan.Scan, labels: Record<string, string>): Curve[] {
  return Object.entries(labels).flatMap(([name, label]) => {
    const column = found.columns.find((one) => one.name === name);
    const points = column ? pointsOf(found, column, `${name}_error`) : [];
    return column && points.length > 0 ? [{ column, label, points }] : [];
  });
}

/** A number of the scan at a place of the slider, by a straight line; null where it has none. */
export function numberAt(found: scan.Scan, name: string, at: number): number | null {
  const column = found.columns.find((one) => one.name === name);
  return column ? valueAt({ column, label: "", points: pointsOf(found, column, "") }, at) : null;
}

function pointsOf(found: scan.Scan, column: scan.ScanColumn, errorName: string): Curve["points"] {
  return found.points.flatMap((point) => {
    const value = point.values[column.name];
    const error = point.values[errorName];
    if (typeof value !== "number") return [];
    return [{ at: point.asked, value, error: typeof error === "number" ? error : null }];
  });
}

function labelOf(group: { column: scan.ScanColumn }[], withEngine: boolean): string {
  const { of, engine } = group[0]!.column;
  const ranks = group.flatMap(({ column }) => (column.rank === null ? [] : [`${column.rank}D`]));
  return [of, ranks.join(" = "), withEngine && engine ? `(${engine})` : ""].filter(Boolean).join(" ");
}

/** Where curves cross zero, by a straight line between two points; in the order of squeezing, which the
 * words tell of too: towards larger numbers, or smaller ones where they are volumes. */
export function crossings(of: readonly Curve[], falls = false): Event[] {
  const way = falls ? -1 : 1;
  return of
    .flatMap(({ column, label, points }) => {
      const along = falls ? points.toReversed() : points;
      return along.slice(1).flatMap((next, place) => {
        const before = along[place]!;
        if (before.value > 0 === next.value > 0) return [];
        const share = before.value / (before.value - next.value);
        const closes = before.value > 0;
        const network = column.of === "band" ? "" : `, the network ${closes ? "opens" : "closes"}`;
        const words = `gap ${label} ${closes ? "closes" : "opens"}${network}`;
        return [{ at: before.at + share * (next.at - before.at), words }];
      });
    })
    .sort((one, other) => way * (one.at - other.at));
}

/** A column's value at a place of the slider, by a straight line; null outside the scan. */
export function valueAt(curve: Curve, at: number): number | null {
  const after = curve.points.findIndex((point) => point.at >= at);
  if (after === -1) return null;
  const next = curve.points[after]!;
  if (next.at === at) return next.value;
  const before = curve.points[after - 1];
  if (!before) return null;
  return before.value + ((at - before.at) / (next.at - before.at)) * (next.value - before.value);
}

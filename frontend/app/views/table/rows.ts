// Rows of a table with columns that have a unit and a meaning: which are shown, in which order.

import { unitText } from "../../parts/units.ts";

export interface Column {
  name: string;
  unit: string;
  meaning: string;
}

export type Cell = string | number | string[] | null;
export type Row = Record<string, Cell>;

const CONDITION = /^\s*(\w+)\s*(<=|>=|=|<|>)\s*(-?[\d.]+(?:e-?\d+)?)\s*$/i;

const TESTS: Record<string, (a: number, b: number) => boolean> = {
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
};

/** Rows that meet every condition ("phi > 0.5 and pressure_gpa < 200"), or hold the words. */
export function filtered(rows: readonly Row[], words: string): Row[] {
  const parts = words.split(/\s+and\s+/i).filter((part) => part.trim());
  return rows.filter((row) => parts.every((part) => meets(row, part)));
}

function meets(row: Row, part: string): boolean {
  const condition = CONDITION.exec(part);
  if (condition) {
    const [, name = "", test = "=", limit = ""] = condition;
    const value = row[name];
    return typeof value === "number" && (TESTS[test]?.(value, Number(limit)) ?? false);
  }
  const wanted = part.trim().toLowerCase();
  return Object.values(row).some((value) =>
    String(value ?? "")
      .toLowerCase()
      .includes(wanted),
  );
}

/** By a column; unknown values come last either way. */
export function sorted(rows: readonly Row[], name: string, falling: boolean): Row[] {
  const sign = falling ? -1 : 1;
  const unknown = (value: Cell | undefined) => value === null || value === undefined || value === "";
  return [...rows].sort((one, other) => {
    const [a, b] = [one[name], other[name]];
    if (unknown(a) || unknown(b)) return Number(unknown(a)) - Number(unknown(b));
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), "en", { numeric: true });
  });
}

export function numeric(column: Column, rows: readonly Row[]): boolean {
  return rows.some((row) => typeof row[column.name] === "number");
}

export function headOf(column: Column): string {
  return column.unit && column.unit !== "1" ? `${column.name} (${unitText(column.unit)})` : column.name;
}

// What a story's answer rests on: a document of the server, and how lines are read from it. No number is typed in a story.

import type { TheoryAnswer } from "../../documents/answer.ts";
import type * as hydrides from "../../documents/hydrides.ts";
import type * as scan from "../../documents/scan.ts";
import type * as scorecard from "../../documents/scorecard.ts";
import { shown } from "../../parts/common.tsx";

export interface Line {
  words: string;
  value: string;
}

export interface Fact {
  /** One of its own within a step. */
  id: string;
  /** Where the document is, below api/. */
  path: string;
  /** What it is, for who waits for it. */
  what: string;
  lines: (document: unknown) => Line[];
}

const NOT_THERE = "not in the document";

function told(value: unknown, unit: string): string {
  if (typeof value === "number") return `${shown(value)}${unit && unit !== "1" ? ` ${unit}` : ""}`;
  return typeof value === "string" && value ? value : NOT_THERE;
}

function scanFact(crystal: string, of: string, read: (found: scan.Scan) => Line[]): Fact {
  return {
    id: `${crystal} ${of}`,
    path: `atlas/${encodeURIComponent(crystal)}`,
    what: `the scan of ${crystal}`,
    lines: (document) => read(document as scan.Scan),
  };
}

function nearest(found: scan.Scan, pressure: number): scan.ScanPoint | undefined {
  const off = (point: scan.ScanPoint) => Math.abs(point.asked - pressure);
  return [...found.points].sort((one, other) => off(one) - off(other))[0];
}

/** A column of a scan at the computed point nearest to a pressure. */
export function atPressure(crystal: string, pressure: number, column: string, words: string): Fact {
  return scanFact(crystal, words, (found) => {
    const point = nearest(found, pressure);
    const unit = found.columns.find((one) => one.name === column)?.unit ?? "";
    const at = point ? ` at ${shown(point.asked)} GPa` : "";
    return [{ words: `${words}${at}`, value: told(point?.values[column], unit) }];
  });
}

/** A column of a scan at every computed pressure. */
export function allPressures(crystal: string, column: string, words: string): Fact {
  return scanFact(crystal, words, (found) => {
    const unit = found.columns.find((one) => one.name === column)?.unit ?? "";
    return found.points.map((point) => ({
      words: `${words} at ${shown(point.asked)} GPa`,
      value: told(point.values[column], unit),
    }));
  });
}

/** What every reading makes of a crystal at a pressure. */
export function statesAt(crystal: string, pressure: number): Fact {
  return scanFact(crystal, "states", (found) => {
    const point = nearest(found, pressure);
    return found.columns
      .filter((column) => column.quantity === "state")
      .map((column) => ({
        words: `${crystal}, reading ${column.of}`,
        value: told(point?.values[column.name], ""),
      }));
  });
}

/** Tc of a crystal by every published formula, at a pressure. */
export function formulasAt(crystal: string, pressure: number): Fact {
  return scanFact(crystal, "formulas", (found) => {
    const point = nearest(found, pressure);
    return found.columns
      .filter((column) => column.quantity === "tc" && !column.error_of)
      .map((column) => ({
        words: `Tc by formula ${column.of}, at ${shown(point?.asked ?? pressure)} GPa`,
        value: told(point?.values[column.name], column.unit),
      }));
  });
}

/** One row of the hydride table, some columns. */
export function hydride(row: string, columns: readonly string[]): Fact {
  return {
    id: `${row} ${columns.join()}`,
    path: "hydrides",
    what: "the table of hydrides",
    lines: (document) => {
      const table = document as hydrides.Hydrides;
      const found = table.rows.find((one) => String(one.id).endsWith(`:${row}`));
      return columns.map((name) => {
        const column = table.columns.find((one) => one.name === name);
        return {
          words: column?.meaning ?? name,
          value: told(found?.[name], column?.unit ?? ""),
        };
      });
    },
  };
}

/** The state that theories give at one point of the diagram, each with its reason. */
export function theoriesAt(
  substance: string,
  pressure: number,
  temperature: number,
  names: readonly string[],
): Fact {
  return {
    id: `theories of ${substance}`,
    path: `diagrams/${encodeURIComponent(substance)}/point?pressure_gpa=${pressure}&temperature_k=${temperature}`,
    what: `the theories at ${pressure} GPa and ${temperature} K`,
    lines: (document) => {
      const found = document as { titles: Record<string, string>; answers: TheoryAnswer[] };
      return found.answers
        .filter((one) => names.includes(one.theory))
        .flatMap((one) => [
          {
            words: found.titles[one.theory] ?? one.theory,
            value: `${one.state ?? "cannot say"}: ${one.state_reason}`,
          },
          {
            words: `${found.titles[one.theory] ?? one.theory}, Tc`,
            value: one.tc_k.cannot_say ?? told(one.tc_k.value, "K"),
          },
        ]);
    },
  };
}

function claimFact(id: string, of: string, read: (one: scorecard.JudgedClaim) => Line[]): Fact {
  return {
    id: `${id} ${of}`,
    path: "scorecard",
    what: "the claims being judged; half a minute the first time",
    lines: (document) => {
      const one = (document as scorecard.Scorecard).claims.find(({ claim }) => claim.id === id);
      return one ? read(one) : [{ words: id, value: NOT_THERE }];
    },
  };
}

const SIDES = { paper: "tunnel theory", rival: "standard theory", yours: "your theory" };

/** A claim's words. */
export const statement = (id: string): Fact =>
  claimFact(id, "statement", ({ claim }) => [{ words: `claim ${id}`, value: claim.statement }]);

/** What the data say of a claim, number by number. */
export const numbers = (id: string): Fact =>
  claimFact(id, "numbers", (one) =>
    one.numbers.map((number) => ({
      words: `${SIDES[number.side]}: ${number.verdict}`,
      value: number.sentence,
    })),
  );

/** The rule of each number, fixed before it was computed. */
export const rules = (id: string): Fact =>
  claimFact(id, "rules", (one) =>
    one.numbers.map((number) => ({
      words: `${SIDES[number.side]}, ${number.part}`,
      value: `${number.rule} (${number.used.length} rows used, ${number.dropped.length} left out)`,
    })),
  );

/** What would change each number's verdict. */
export const wouldChange = (id: string): Fact =>
  claimFact(id, "wouldChange", (one) =>
    one.numbers
      .filter((number) => number.would_change)
      .map((number) => ({ words: `${SIDES[number.side]}, ${number.part}`, value: number.would_change })),
  );

/** The cases that entered a number with some value, as the metals whose resistance rises. */
export const casesWith = (id: string, key: string, wanted: string, words: string): Fact =>
  claimFact(id, "casesWith", (one) => {
    const names = one.numbers[0]?.values
      .filter((entry) => entry.entered[key] === wanted)
      .map((entry) => entry.case);
    return [{ words, value: names?.join(", ") || "none" }];
  });

/** Both sides' verdicts on a claim. */
export const verdicts = (id: string): Fact =>
  claimFact(id, "verdicts", (one) =>
    Object.entries(one.verdicts).map(([side, verdict]) => ({
      words: `${id}, ${SIDES[side as keyof typeof SIDES]}`,
      value: verdict,
    })),
  );

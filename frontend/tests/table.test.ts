// Laws of the table: conditions, order, unknown values.

import { expect, test } from "vitest";
import { filtered, type Row, sorted } from "../app/views/table/rows.ts";

const ROWS: Row[] = [
  { id: "a", compound: "H3S", phi: 0.7 },
  { id: "b", compound: "LaH10", phi: 0.6 },
  { id: "c", compound: "CaH6", phi: null },
];
const ids = (rows: Row[]) => rows.map((row) => row.id).join("");

test("conditions and words are met together, and unknown values meet no condition", () => {
  expect(ids(filtered(ROWS, "phi > 0.5"))).toBe("ab");
  expect(ids(filtered(ROWS, "phi <= 0.6"))).toBe("b");
  expect(ids(filtered(ROWS, "phi > 0.5 and lah"))).toBe("b");
  expect(ids(filtered(ROWS, "cah6"))).toBe("c");
  expect(ids(filtered(ROWS, ""))).toBe("abc");
  expect(ids(filtered(ROWS, "nonsense > 3"))).toBe("");
});

test("unknown values come last, rising and falling", () => {
  expect(ids(sorted(ROWS, "phi", false))).toBe("bac");
  expect(ids(sorted(ROWS, "phi", true))).toBe("abc");
  expect(ids(ROWS as Row[])).toBe("abc");
});

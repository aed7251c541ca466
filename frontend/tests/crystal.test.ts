import { expect, test } from "vitest";
import { shifts, toCartesian } from "../viewer/crystal.ts";
import type { Matrix } from "../viewer/types.ts";

const SKEW: Matrix = [
  [4, 0, 0],
  [1.2, 3.6, 0],
  [-0.7, 0.9, 4.4],
];

test("fractional coordinates count along the lattice vectors", () => {
  expect(toCartesian(SKEW, 0, 1, 0).toArray()).toEqual(SKEW[1]);
  const far = toCartesian(SKEW, 2, -1, 0.5).toArray();
  [6.45, -3.15, 2.2].forEach((wanted, k) => {
    expect(far[k]).toBeCloseTo(wanted, 12);
  });
});

test("two by two by two cells are eight, each once", () => {
  expect(new Set(shifts(2).map(String)).size).toBe(8);
});

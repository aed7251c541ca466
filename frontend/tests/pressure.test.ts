// Laws of the pressure view: where a gap closes lies between its signs, values on straight lines.

import { expect, test } from "vitest";
import type { Scan } from "../app/documents/scan.ts";
import { type Curve, coupling, crossings, curves, pairedTc, valueAt } from "../app/views/pressure/events.ts";

const column = {
  name: "gap_ks_1d_ev",
  unit: "eV",
  meaning: "gap",
  quantity: "gap" as const,
  of: "ks",
  engine: "",
  rank: 1,
  error_of: "",
};
const curve = (...pairs: [number, number][]): Curve => ({
  column,
  label: "ks 1D",
  points: pairs.map(([at, value]) => ({ at, value, error: null })),
});

test("a gap that changes its sign closes or opens in between", () => {
  expect(crossings([curve([0, 2], [10, -2])])).toEqual([
    { at: 5, words: "gap ks 1D closes, the network opens" },
  ]);
  expect(crossings([curve([0, -1], [10, 3])])).toEqual([
    { at: 2.5, words: "gap ks 1D opens, the network closes" },
  ]);
  expect(crossings([curve([0, 1], [10, 3])])).toEqual([]);
});

test("events come in the order of pressure", () => {
  const found = crossings([curve([0, -1], [10, 1], [20, -1]), curve([0, 1], [8, -1])]);
  expect(found.map((event) => event.at)).toEqual([4, 5, 15]);
});

test("a value lies on the line between its neighbours, and is unknown outside", () => {
  const one = curve([10, 1], [20, 3]);
  expect(valueAt(one, 15)).toBe(2);
  expect(valueAt(one, 10)).toBe(1);
  expect(valueAt(one, 20)).toBe(3);
  expect(valueAt(one, 5)).toBeNull();
  expect(valueAt(one, 25)).toBeNull();
});

test("equal curves of one reading are one, and names tell engines apart where there are several", () => {
  const columns = [1, 2, 3].map((rank) => ({ ...column, name: `g${rank}`, rank }));
  const values = (low: number, high: number) => ({ g1: low, g2: low, g3: high });
  const points = [0, 10].map((asked) => ({ asked, values: values(1 - asked, 2 - asked) }));
  const found = { columns, points } as unknown as Scan;
  expect(curves(found, "gap").map((one) => one.label)).toEqual(["ks 1D = 2D", "ks 3D"]);
  expect(crossings(curves(found, "gap")).length).toBe(2);
  expect(curves(found, "tc")).toEqual([]);
});

test("along volumes events are those of squeezing, from large to small", () => {
  expect(crossings([curve([0.5, -2], [1, 2])], true)).toEqual([
    { at: 0.75, words: "gap ks 1D closes, the network opens" },
  ]);
  const found = crossings([curve([0.5, -1], [1, 1]), curve([0.5, 3], [0.9, -1], [1, -1])], true);
  expect(found.map((event) => event.at)).toEqual([0.8, 0.75]);
});

test("coupling and its Tc are curves of their own, no published formulas, and gaps where there is none", () => {
  const of = (name: string) => ({ ...column, name, quantity: "pairing" as const, rank: null });
  const columns = ["lambda_ep", "lambda_ep_low", "tc_allen_dynes_k", "tc_eliashberg_k"].map(of);
  const points = [
    { asked: 0, values: { lambda_ep: 0.5, lambda_ep_low: 0.4, tc_allen_dynes_k: 3, tc_eliashberg_k: null } },
    {
      asked: 10,
      values: { lambda_ep: null, lambda_ep_low: null, tc_allen_dynes_k: null, tc_eliashberg_k: null },
    },
  ];
  const found = { columns, points } as unknown as Scan;
  expect(coupling(found).map((one) => one.label)).toEqual(["λ", "λ, low"]);
  expect(coupling(found)[0]!.points).toEqual([{ at: 0, value: 0.5, error: null }]);
  expect(pairedTc(found).map((one) => one.label)).toEqual(["Allen-Dynes"]);
  expect(curves(found, "tc")).toEqual([]);
});

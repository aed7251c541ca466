import type { Grid } from "../viewer/grid.ts";
import type { Matrix, Triple } from "../viewer/linear.ts";

export const TOP = 16_383;

export const SKEW: Matrix = [
  [4, 0, 0],
  [1.2, 3.6, 0],
  [-0.7, 0.9, 4.4],
];

/** A field on a grid, from its values at fractional coordinates, spread over 0 to TOP. */
export function gridOf(f: (x: number, y: number, z: number) => number, shape: Triple, cell = SKEW): Grid {
  const values: number[] = [];
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++) values.push(f(i / shape[0], j / shape[1], k / shape[2]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    shape,
    cell,
    values: Uint16Array.from(values, (v) => Math.round((TOP * (v - low)) / (high - low))),
  };
}

const wave = (x: number) => Math.cos(2 * Math.PI * x);

/** Wires along a that join to sheets and then to a network, at -2.6, -1.4 and 0.8 of -3.2 to 3.2. */
export const layered = (x: number, y: number, z: number) => -(0.3 * wave(x) + 0.9 * wave(y) + 2 * wave(z));
export const levelOf = (value: number) => (TOP * (value + 3.2)) / 6.4;

/** Smooth noise: a few waves with made-up phases. */
export function noise(seed: number): (x: number, y: number, z: number) => number {
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const waves = Array.from({ length: 9 }, () => ({
    k: [0, 0, 0].map(() => Math.floor(random() * 5) - 2),
    phase: random(),
    size: random(),
  }));
  return (x, y, z) =>
    waves.reduce((sum, { k, phase, size }) => sum + size * wave(k[0] * x + k[1] * y + k[2] * z + phase), 0);
}

// Three numbers, and three rows of them.

export type Triple = [number, number, number];
/** Rows are lattice vectors, in angstrom where nothing else is said. */
export type Matrix = [Triple, Triple, Triple];

export function determinant([a, b, c]: Matrix): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}

export function inverse(m: Matrix): Matrix {
  const size = determinant(m);
  const entry = (i: number, k: number) => {
    const [r, s] = [(k + 1) % 3, (k + 2) % 3];
    const [p, q] = [(i + 1) % 3, (i + 2) % 3];
    return (m[r][p] * m[s][q] - m[r][q] * m[s][p]) / size;
  };
  return [0, 1, 2].map((i) => [0, 1, 2].map((k) => entry(i, k))) as Matrix;
}

/** Rows of `a` as sums of the rows of `b`. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    [0, 1, 2].map((k) => row[0] * b[0][k] + row[1] * b[1][k] + row[2] * b[2][k]),
  ) as Matrix;
}

export function lengthOf([x, y, z]: Triple): number {
  return Math.hypot(x, y, z);
}

// Made from isotunnel/schemas/tunnels.py by scripts/make_frontend_types.py.

export interface Bottleneck {
  /** grid point (i, j, k) that decides the grid threshold, from 0 (1) */
  voxel: number[];
  /** field there (field's) */
  value_grid: number;
  /** field at the refined saddle (field's) */
  value: number;
  /** its estimated error from the grid (field's) */
  error: number | null;
  /** of the refined saddle, in [0, 1) (1) */
  position_fractional: number[];
  /** the same in Cartesian coordinates (Å) */
  position_cartesian_angstrom: number[];
  /** whether a smooth saddle was found */
  refined: boolean;
  /** list of [atoms](#atom-near-a-bottleneck) it lies between; empty where the atoms are unknown */
  between: Neighbour[];
  /** Cartesian unit vector along which the path passes; `null` unrefined (1) */
  path_direction: number[] | null;
  /** growth of the opening with the level; `null` unrefined (Å² per field's unit) */
  cross_section_slope_angstrom2: number | null;
}

export interface Directions {
  /** number of independent directions at the threshold; may exceed the dimension asked for (1) */
  rank: number;
  /** list of integer vectors along which the network runs, without common divisors (lattice vectors) */
  vectors: number[][];
  /** list of integer vectors that its closed loops realise (lattice vectors) */
  windings: number[][];
  /** `vectors` in Cartesian coordinates (Å) */
  cartesian_angstrom: number[][];
  /** how many times denser `vectors` are than `windings`; 2 for a double helix (1) */
  index: number;
  /** separate networks of that rank per cell (1) */
  networks: number;
}

export interface FieldTunnels {
  /** `isotunnel.tunnels/1` */
  schema: "isotunnel.tunnels/1";
  /** path of the file, or name of the engine */
  source: string;
  /** file format, or the engine's version; empty where not stated */
  format: string;
  /** program that made the numbers; empty where not stated */
  program: string;
  /** list of sentences: choices and corrections made on the way in */
  notes: string[];
  /** `potential`, `electrostatic`, `density`, `elf` or `other` */
  kind: "potential" | "electrostatic" | "density" | "elf" | "other";
  /** unit of the field: `eV`, `1/angstrom^3` or `1` */
  unit: string;
  /** `total`, `up`, `down` or `difference` */
  spin: "total" | "up" | "down" | "difference";
  /** grid points along each lattice vector (1) */
  shape: number[];
  /** `above` or `below`: which region is open */
  side: "above" | "below";
  /** 6 or 26 (1) */
  connectivity: 6 | 26;
  /** whether passes between grid points were looked for */
  refined: boolean;
  /** per dimension: level at which one network first spans as many, refined (field's) */
  thresholds: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: estimated error from the grid; `null` where not refined (field's) */
  thresholds_error: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: the same, exact on the grid points (field's) */
  thresholds_grid: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: for the whole region, exact on the grid points (field's) */
  thresholds_global_grid: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: a [direction object](#direction) */
  directions: Partial<Record<"1" | "2" | "3", Directions | null>>;
  /** per dimension: a [bottleneck object](#bottleneck) */
  bottlenecks: Partial<Record<"1" | "2" | "3", Bottleneck | null>>;
  /** list of [segment objects](#segment): pieces with several atoms just short of the first threshold */
  segments: Segment[];
  /** number of basins found (1) */
  basins: number;
  /** number of saddles found (1) */
  saddles: number;
  /** list of sentences */
  warnings: string[];
}

export interface Neighbour {
  /** number of the atom, from 0 (1) */
  index: number;
  /** element */
  symbol: string;
  /** which copy of it (lattice vectors) */
  cell: number[];
  /** from the bottleneck (Å) */
  distance_angstrom: number;
}

export interface Segment {
  /** level on the grid at which the last of its atoms joined (field's) */
  level: number;
  /** list of atoms */
  atoms: SegmentAtom[];
}

export interface SegmentAtom {
  /** number of the atom, from 0 (1) */
  index: number;
  /** element */
  symbol: string;
  /** which copy, relative to the first atom of the segment (lattice vectors) */
  cell: number[];
}

export interface Tunnels {
  /** `isotunnel.tunnels/1` */
  schema: "isotunnel.tunnels/1";
  /** path of the file, or name of the engine */
  source: string;
  /** file format, or the engine's version; empty where not stated */
  format: string;
  /** program that made the numbers; empty where not stated */
  program: string;
  /** list of sentences: choices and corrections made on the way in */
  notes: string[];
  /** `potential`, `electrostatic`, `density`, `elf` or `other` */
  kind: "potential" | "electrostatic" | "density" | "elf" | "other";
  /** unit of the field: `eV`, `1/angstrom^3` or `1` */
  unit: string;
  /** `total`, `up`, `down` or `difference` */
  spin: "total" | "up" | "down" | "difference";
  /** grid points along each lattice vector (1) */
  shape: number[];
  /** `above` or `below`: which region is open */
  side: "above" | "below";
  /** 6 or 26 (1) */
  connectivity: 6 | 26;
  /** whether passes between grid points were looked for */
  refined: boolean;
  /** per dimension: level at which one network first spans as many, refined (field's) */
  thresholds: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: estimated error from the grid; `null` where not refined (field's) */
  thresholds_error: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: the same, exact on the grid points (field's) */
  thresholds_grid: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: for the whole region, exact on the grid points (field's) */
  thresholds_global_grid: Partial<Record<"1" | "2" | "3", number | null>>;
  /** per dimension: a [direction object](#direction) */
  directions: Partial<Record<"1" | "2" | "3", Directions | null>>;
  /** per dimension: a [bottleneck object](#bottleneck) */
  bottlenecks: Partial<Record<"1" | "2" | "3", Bottleneck | null>>;
  /** list of [segment objects](#segment): pieces with several atoms just short of the first threshold */
  segments: Segment[];
  /** number of basins found (1) */
  basins: number;
  /** number of saddles found (1) */
  saddles: number;
  /** list of sentences */
  warnings: string[];
  /** command line only: list of the same object for further spin parts or fields of the file */
  other_parts: FieldTunnels[];
}

// Made from isotunnel/schemas/electride.py by scripts/make_frontend_types.py.

import type * as tunnels from "./tunnels.ts";

export interface Electride {
  /** `isotunnel.electride/1` */
  schema: "isotunnel.electride/1";
  /** of the crystal or file */
  name: string;
  /** the same for people */
  title: string;
  /** what computed the ELF; `file` where it was read */
  engine: string;
  /** 0 cavities, 1 channels, 2 layers, 3 network; `null` where it cannot be said (1) */
  dimension: number | null;
  /** why there is no dimension; `null` where there is one */
  reason: string | null;
  /** list of vectors along which the network runs (lattice vectors) */
  directions: number[][];
  /** ELF range of the dimension less that of the next best; `null` without sites (1) */
  margin: number | null;
  /** its error from the grid; `null` where not refined (1) */
  margin_error: number | null;
  /** list of the ELF ranges over which the network has rank 0, 1, 2 and 3 (1) */
  ranges: number[];
  /** ELF at which the basins alone connect in 1, 2 and 3 dimensions; `null` where never (1) */
  thresholds: (number | null)[];
  /** their errors from the grid (1) */
  thresholds_error: (number | null)[];
  /** ELF at which they first touch the basin of an atom or bond; `null` if never (1) */
  contact: number | null;
  /** its error from the grid (1) */
  contact_error: number | null;
  /** electrons in all these basins; `null` without a density (1) */
  charge_e: number | null;
  /** why there is no charge; `null` where there is one */
  no_charge: string | null;
  /** covalent radii within which a maximum belongs to an atom (1) */
  reach: number;
  /** the lowest maximum counted (1) */
  least_elf: number;
  /** factor on covalent radii, from the shortest bond; at most 1 (1) */
  scale: number;
  /** list of interstitial maxima, highest first */
  sites: InterstitialSite[];
  /** list of the crystal's sources */
  sources: string[];
  /** list of what a user should know */
  warnings: string[];
}

export interface InterstitialSite {
  /** ELF at the maximum (1) */
  elf: number;
  /** above the highest pass to a higher maximum of any kind (1) */
  height: number;
  /** grid point of the maximum, in [0, 1) (1) */
  position_fractional: number[];
  /** distance to the nearest nucleus in units of its scaled covalent radius (1) */
  clearance: number;
  /** [atoms](#atom-near-a-bottleneck) of the first shell */
  nearest: tunnels.Neighbour[];
  /** of the basin (Å³) */
  volume_a3: number;
  /** electrons in the basin; `null` without a density (1) */
  charge_e: number | null;
  /** how much it changes with the way the border is found (1) */
  charge_error_e: number | null;
}

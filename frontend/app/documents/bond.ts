// Made from isotunnel/schemas/bond.py by scripts/make_frontend_types.py.

export interface AtomShape {
  /** of the nuclei (Å) */
  distance_angstrom: number;
  /** of one atom along the axis less that of an undeformed one, cut by the plane in the middle (e Å) */
  dipole_plane_ea: number;
  /** the same by Hirshfeld's shares (e Å) */
  dipole_hirshfeld_ea: number;
  /** the same of the quadrupole; above zero where the cloud is contracted along the axis (e Å²) */
  quadrupole_plane_ea2: number;
  /** the same by Hirshfeld's shares (e Å²) */
  quadrupole_hirshfeld_ea2: number;
  /** what the plane gives undeformed atoms (e Å²) */
  quadrupole_plane_undeformed_ea2: number;
  /** of the two Hirshfeld quadrupoles with each other; above zero is repulsion (K) */
  quadrupole_energy_k: number;
}

export interface Bond {
  /** `isotunnel.bond/1` */
  schema: "isotunnel.bond/1";
  /** `h2`, `h4`, `he2` or `he3` */
  molecule: string;
  /** one line */
  title: string;
  /** whether the points came with the package */
  shipped: boolean;
  /** of the calculation */
  method: string;
  /** by name: of what computed */
  versions: Record<string, string>;
  /** list of what is compared with published numbers first */
  numbers: BondNumber[];
  /** of H2; `null` of other molecules */
  h2: H2Bond | null;
  /** of H4; `null` of other molecules */
  h4: H4Bond | null;
  /** of He2; `null` of other molecules */
  he2: HeliumPair | null;
  /** list of triangles of He3; empty of other molecules */
  he3: TrioEnergy[];
}

export interface BondNumber {
  /** what it is */
  name: string;
  /** computed; `null` where there is none (see `unit`) */
  value: number | null;
  /** of `value` and `published` */
  unit: string;
  /** published; `null` where none is known (see `unit`) */
  published: number | null;
  /** of the published number; empty where there is none */
  source: string;
}

export interface BondPoints {
  /** `isotunnel.bond_points/1` */
  schema: "isotunnel.bond_points/1";
  /** `h2`, `h4`, `he2` or `he3` */
  molecule: string;
  /** one line */
  title: string;
  /** of the calculation */
  method: string;
  /** by name: of what computed */
  versions: Record<string, string>;
  /** list of objects of what was computed; the unit ends each name (`ea`: e Å) */
  points: Record<string, unknown>[];
}

export interface DensityChange {
  /** of the nuclei (Å) */
  distance_angstrom: number;
  /** between points (Å) */
  step_angstrom: number;
  /** electrons more than undeformed atoms have: lists along the axis from the middle of the bond, of values away from the axis (1/Å³) */
  values: number[][];
}

export interface H2Bond {
  /** list of points by rising distance */
  curve: H2Point[];
  /** list of minima by basis, the extrapolated one last */
  depths: H2Depth[];
  /** what extrapolation adds to the depth of the largest basis (eV) */
  basis_error_ev: number;
}

export interface H2Depth {
  /** basis, or `extrapolated` */
  basis: string;
  /** of the minimum below two atoms (eV) */
  depth_ev: number;
  /** where it is (Å) */
  length_angstrom: number;
}

export interface H2Point {
  /** of the nuclei (Å) */
  distance_angstrom: number;
  /** less two atoms', by basis and `extrapolated` (eV) */
  energies_ev: Record<string, number>;
}

export interface H4Bond {
  /** list of levels by shape and rising edge */
  levels: H4Levels[];
  /** list of comparisons by basis and rising distance */
  spacings: H4Spacing[];
  /** list of levels and passes */
  passages: H4Passage[];
  /** by basis, side of the square at which its lowest singlet and triplet cross; `null` where they do not (bohr) */
  square_crossings_bohr: Record<string, number | null>;
  /** largest difference of energies that symmetry makes equal in the tetrahedron (hartree) */
  splitting_hartree: number;
  /** pressure above which the tetrahedron is lower than two molecules; `null` where it never is (GPa) */
  below_molecules_gpa: number | null;
  /** lowest pressure at which it is the lowest of all shapes computed at that distance; `null` where it is at none (GPa) */
  ground_state_gpa: number | null;
}

export interface H4Levels {
  /** `tetrahedron`, `square` or `chain` */
  shape: "tetrahedron" | "square" | "chain";
  /** between nearest atoms (Å) */
  edge_angstrom: number;
  /** list of energies less four atoms', rising (eV) */
  singlets_ev: number[];
  /** the same of triplets (eV) */
  triplets_ev: number[];
}

export interface H4Passage {
  /** length of the molecules (Å) */
  bond_angstrom: number;
  /** distance of their middles (Å) */
  between_angstrom: number;
  /** whether all distances of atoms are the same */
  tetrahedral: boolean;
  /** highest occupied level (eV) */
  level_ev: number;
  /** level of the potential at which the wells of one molecule join (eV) */
  pass_within_ev: number;
  /** the same of all four atoms (eV) */
  pass_all_ev: number;
  /** of a tetrahedron as in `spacings`; `null` otherwise (GPa) */
  pressure_gpa: number | null;
}

export interface H4Spacing {
  /** basis of Gaussian orbitals */
  basis: string;
  /** distance of the molecules' middles (Å) */
  between_angstrom: number;
  /** of the tetrahedron (Å) */
  edge_angstrom: number;
  /** at which hydrogen is as dense as atoms close packed at that edge; `null` where it is less dense at none (GPa) */
  pressure_gpa: number | null;
  /** of the molecules in their lowest state there, at most the edge (Å) */
  bond_angstrom: number;
  /** of the molecules, less four atoms' (eV) */
  molecules_ev: number;
  /** of the tetrahedron, less four atoms' (eV) */
  tetrahedron_ev: number;
  /** tetrahedron less molecules (eV) */
  difference_ev: number;
  /** lowest energy computed at that distance with bonds longer than the edge: a puckered square; `null` where none was (eV) */
  spread_ev: number | null;
  /** `singlet` or `triplet`: of the tetrahedron's lowest state */
  spin: "singlet" | "triplet";
}

export interface HeliumPair {
  /** list of energies by rising distance */
  curve: PairEnergy[];
  /** the same in a larger basis, at fewer distances */
  larger: PairEnergy[];
  /** at the published minimum, in the largest basis */
  deepest: PairEnergy;
  /** list of moments by rising distance */
  shapes: AtomShape[];
  /** of the density */
  change: DensityChange;
}

export interface PairEnergy {
  /** basis of Gaussian orbitals */
  basis: string;
  /** of the nuclei (Å) */
  distance_angstrom: number;
  /** interaction energy (K) */
  total_k: number;
  /** of the undeformed atoms' charges (K) */
  electrostatic_k: number;
  /** the rest of Hartree-Fock: Pauli repulsion and a little induction (K) */
  exchange_k: number;
  /** second order, of undeformed atoms (K) */
  dispersion_k: number;
  /** what correlation adds to that (K) */
  rest_k: number;
}

export interface TrioEnergy {
  /** basis of Gaussian orbitals */
  basis: string;
  /** of the triangle (Å) */
  side_angstrom: number;
  /** the same (bohr) */
  side_bohr: number;
  /** energy beyond the pairs (mK) */
  three_body_mk: number;
  /** the same without correlation (mK) */
  hartree_fock_mk: number;
  /** energy of the three pairs (K) */
  pairs_k: number;
}

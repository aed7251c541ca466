// Made from isotunnel/schemas/pairing.py by scripts/make_frontend_types.py.

import type * as magnetism from "./magnetism.ts";

export interface Pairing {
  /** `isotunnel.pairing/1` */
  schema: "isotunnel.pairing/1";
  /** of the crystal */
  name: string;
  /** `rigid-muffin-tin+allen_dynes` */
  theory: string;
  /** of the cell, by PBE (GPa) */
  pressure_gpa: number;
  /** whether no phonon is imaginary */
  stable: boolean;
  /** why there is no Tc; `null` where there is one */
  cannot_say: string | null;
  /** electron-phonon coupling; `null` in an unstable crystal, as all that follows from it (1) */
  lambda: number | null;
  /** logarithmic mean frequency (K) */
  omega_log_k: number | null;
  /** root mean square frequency (K) */
  omega_2_k: number | null;
  /** Coulomb pseudopotential (1) */
  mu_star: number;
  /** where it is from */
  mu_star_source: string;
  /** with both correction factors (K) */
  tc_allen_dynes_k: number | null;
  /** of the isotropic equations (K) */
  tc_eliashberg_k: number | null;
  /** where linear response's lambda is to be expected, learnt from the benchmark; `null` in an unstable crystal */
  range: PairingRange | null;
  /** -d ln Tc / d ln M, all masses alike, by the isotropic equations; `null` without a Tc (1) */
  isotope_exponent: number | null;
  /** the same of the masses of one element alone, by its symbol; empty without a Tc (1) */
  isotope_exponents: Record<string, number>;
  /** the same with α² constant for each atom instead of 1/ω, a flat object; `null` in an unstable crystal */
  flat: PairingFlat | null;
  /** states per eV, spin and cell at the Fermi level (1/eV) */
  dos_fermi_per_ev_spin: number;
  /** by how much a mesh of every second k-point differs; `null` where not known (1/eV) */
  dos_fermi_error_per_ev_spin: number | null;
  /** list of atoms */
  atoms: PairingAtom[];
  /** phonon object */
  phonons: PairingPhonons;
  /** spectrum object; `null` in an unstable crystal */
  alpha2f: PairingSpectrum | null;
  /** [magnetic state](#magnetic-state): non-magnetic, with the runs that tried moments; `null` where none were tried */
  magnetism: magnetism.Magnetism | null;
  /** list of sentences */
  warnings: string[];
  /** what determines the numbers */
  settings: Record<string, unknown>;
  /** of programs and data sets */
  versions: Record<string, string>;
  /** wall time of what was not in the cache (s) */
  seconds: number;
}

export interface PairingAtom {
  /** element */
  symbol: string;
  /** Hopfield parameter η = N⟨I²⟩ (eV/Å²) */
  hopfield_ev_per_angstrom2: number;
  /** by how much η on every second k-point differs; `null` where not known (eV/Å²) */
  hopfield_mesh_error_ev_per_angstrom2: number | null;
  /** parts of η by scattering between neighbouring angular momenta: `sp`, `pd`, `df` (eV/Å²) */
  channels: Record<string, number>;
  /** the atom's part of λ; `null` in an unstable crystal (1) */
  lambda: number | null;
  /** M/⟨ω⁻²⟩ of the atom; `null` in an unstable crystal (eV/Å²) */
  force_constant_ev_per_angstrom2: number | null;
  /** of the muffin-tin sphere (bohr) */
  radius_bohr: number;
  /** at the Fermi level, of l = 0 to 3 (rad) */
  phase_shifts: number[];
  /** states per eV, spin and cell inside the sphere, of l = 0 to 3 (1/eV) */
  dos_per_ev_spin: number[];
}

export interface PairingFlat {
  /** electron-phonon coupling (1) */
  lambda: number;
  /** logarithmic mean frequency (K) */
  omega_log_k: number;
  /** with both correction factors (K) */
  tc_allen_dynes_k: number;
}

export interface PairingPhonons {
  /** energy of the stiffest mode (eV) */
  highest_ev: number;
  /** lowest at the wave vectors that the supercell holds; negative stands for imaginary (eV) */
  lowest_exact_ev: number | null;
  /** rows: vectors of the supercell in those of the cell (lattice vectors) */
  supercell: number[][];
  /** whether all other wave vectors are extrapolated from the zone centre */
  zone_centre_only: boolean;
}

export interface PairingPoint {
  /** pressure that the cell was relaxed under (GPa) */
  asked_gpa: number;
  /** why there is no Tc; `null` where there is one */
  cannot_say: string | null;
  /** the document of a single run; `null` where it failed */
  result: Pairing | null;
}

export interface PairingRange {
  /** lower end for lambda (1) */
  lambda_low: number;
  /** upper end for lambda (1) */
  lambda_high: number;
  /** Tc by Allen and Dynes with the lower lambda, all else kept; of a hydride, where linear response's lay among predicted hydrides (K) */
  tc_low_k: number;
  /** the same with the upper lambda (K) */
  tc_high_k: number;
  /** crystals of the benchmark that the range of lambda was learnt from (1) */
  crystals: number;
  /** hydrides that the range of Tc was learnt from; `null` where it follows from that of lambda (1) */
  tc_hydrides: number | null;
  /** share of crystals like them that are to lie in the range (1) */
  share: number;
}

export interface PairingScan {
  /** `isotunnel.pairing_scan/1` */
  schema: "isotunnel.pairing_scan/1";
  /** of the crystal */
  name: string;
  /** slope of the straight line through all Tc by Allen-Dynes; `null` from fewer than two (K/GPa) */
  dtc_dp_k_per_gpa: number | null;
  /** list by pressure */
  points: PairingPoint[];
}

export interface PairingSpectrum {
  /** phonon energies (eV) */
  frequency_ev: number[];
  /** α²F there (1) */
  values: number[];
}

export interface PairingStored {
  /** `isotunnel.pairing_stored/1` */
  schema: "isotunnel.pairing_stored/1";
  /** of the crystal */
  name: string;
  /** `rigid-muffin-tin+allen_dynes` */
  theory: string;
  /** where its cell is from: `measured cell`, `named crystal`, `JARVIS-DFT` or `HTSC-2025` */
  structure: string;
  /** number; `null` where it was not looked for */
  space_group: number | null;
  /** of the cell (GPa) */
  pressure_gpa: number;
  /** `true`: of unstable crystals nothing is stored */
  stable: boolean;
  /** electron-phonon coupling (1) */
  lambda: number;
  /** logarithmic mean frequency (K) */
  omega_log_k: number;
  /** root mean square frequency (K) */
  omega_2_k: number;
  /** Coulomb pseudopotential (1) */
  mu_star: number;
  /** with both correction factors (K) */
  tc_allen_dynes_k: number;
  /** of the isotropic equations; `null` unless mu* is 0.1, for no spectrum is stored (K) */
  tc_eliashberg_k: number | null;
  /** where linear response's lambda is to be expected, learnt from the benchmark; `null` while that is too small */
  range: PairingRange | null;
  /** list of atoms with their Hopfield parameters */
  atoms: PairingStoredAtom[];
  /** what a user should know */
  warnings: string[];
  /** what computed it */
  source: string;
}

export interface PairingStoredAtom {
  /** element */
  symbol: string;
  /** Hopfield parameter (eV/Å²) */
  hopfield_ev_per_angstrom2: number;
}

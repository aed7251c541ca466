// Made from isotunnel/schemas/atlas.py by scripts/make_frontend_types.py.

export interface Atlas {
  /** `isotunnel.atlas/1` */
  schema: "isotunnel.atlas/1";
  /** list of scan objects */
  scans: ScanSummary[];
}

export interface ScanSummary {
  /** of the crystal */
  name: string;
  /** what it is */
  title: string;
  /** number of pressures with a result (1) */
  points: number;
  /** number of pressures without one (1) */
  failed: number;
  /** lowest pressure (GPa) */
  pressure_min_gpa: number;
  /** highest pressure (GPa) */
  pressure_max_gpa: number;
  /** smallest volume per atom (Å³) */
  volume_min_angstrom3: number;
  /** largest volume per atom (Å³) */
  volume_max_angstrom3: number;
  /** names of the readings in the scan */
  readings: string[];
}

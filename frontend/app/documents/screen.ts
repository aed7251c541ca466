// Made from isotunnel/schemas/screen.py by scripts/make_frontend_types.py.

export interface Screen {
  /** `isotunnel.screen/1` */
  schema: "isotunnel.screen/1";
  /** folder of the dataset */
  out: string;
  /** how many were given (1) */
  inputs: number;
  /** of these, rows with values (1) */
  done: number;
  /** of these, how many have the values of another input, whose crystal is the same (1) */
  duplicates: number;
  /** rows without values, by reason code (1) */
  failed: Record<string, number>;
  /** crystals that were computed in this run (1) */
  computed: number;
  /** wall time of this run, the start of the workers apart (s) */
  wall_s: number;
  /** processor time of the workers for the crystals of this run (s) */
  cpu_s: number;
  /** why not all inputs could be read; empty where they could */
  damaged: string;
}

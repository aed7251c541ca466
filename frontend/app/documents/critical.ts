// Made from isotunnel/schemas/critical.py by scripts/make_frontend_types.py.

import type * as spacing from "./spacing.ts";

export interface Critical {
  /** `isotunnel.critical/1` */
  schema: "isotunnel.critical/1";
  /** symbol */
  element: string;
  /** measured critical temperature (K) */
  tc_k: number | null;
  /** measured thermodynamic critical field at zero temperature; `null` where none is known (mT) */
  field_mt: number | null;
  /** measured penetration depth; `null` where none is known (nm) */
  depth_nm: number | null;
  /** predicted at zero temperature, by theory (T) */
  fields_t: Record<string, number>;
  /** predicted depairing current density, by theory (A/cm²) */
  currents_a_cm2: Record<string, number>;
  /** Hc/λ of the measured two; `null` where one is not known (A/cm²) */
  film_current_a_cm2: number | null;
  /** by theory: why it gives no field */
  silent: Record<string, string>;
  /** list of measured curves against temperature */
  curves: FieldCurve[];
  /** rows of data */
  rows: spacing.RowUsed[];
}

export interface FieldCurve {
  /** how it was measured */
  method: string;
  /** list, rising (K) */
  temperatures_k: number[];
  /** list of critical fields (mT) */
  fields_mt: number[];
  /** by law: objects of its fit */
  fits: Record<string, FieldFit>;
  /** rows of data */
  rows: spacing.RowUsed[];
}

export interface FieldFit {
  /** field at zero temperature (mT) */
  field_0_mt: number;
  /** critical temperature (K) */
  tc_k: number;
  /** root mean square of what is left at the points of the fit (mT) */
  train_mt: number;
  /** the same at the points between them (mT) */
  held_out_mt: number;
}

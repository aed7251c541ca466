// Made from isotunnel/schemas/critical.py by scripts/make_frontend_types.py.

import type * as spacing from "./spacing.ts";

export interface Critical {
  /** `isotunnel.critical/1` */
  schema: "isotunnel.critical/1";
  /** symbol */
  element: string;
  /** measured critical temperature (K) */
  tc_k: number | null;
  /** measured thermodynamic critical field at zero temperature, by the best of its sources; `null` where none is known (mT) */
  field_mt: number | null;
  /** least and greatest of all sources; `null` likewise (mT) */
  field_spread_mt: (number | null)[];
  /** measured penetration depth, by the best of its sources; `null` where none is known (nm) */
  depth_nm: number | null;
  /** least and greatest of all sources; `null` likewise (nm) */
  depth_spread_nm: (number | null)[];
  /** predicted at zero temperature, by theory (T) */
  fields_t: Record<string, number>;
  /** predicted depairing current density, by theory (A/cm²) */
  currents_a_cm2: Record<string, number>;
  /** measured depairing current of thin strips, else Hc/λ of the measured two, of type II Hc1/λ; `null` where one is not known (A/cm²) */
  film_current_a_cm2: number | null;
  /** which of them: `measured`, `Hc / depth`, `Hc1 / depth`, or empty */
  film_current_from: string;
  /** Silsbee's current of a wire of 1 mm radius, `measured` and by theory (A) */
  wire_currents_a: Record<string, number>;
  /** by theory: why it gives no field */
  silent: Record<string, string>;
  /** list of measured curves against temperature */
  curves: FieldCurve[];
  /** rows of data */
  rows: spacing.RowUsed[];
}

export interface CriticalAll {
  /** `isotunnel.critical_all/1` */
  schema: "isotunnel.critical_all/1";
  /** list of materials: thermodynamic fields, then upper ones */
  materials: FieldSummary[];
}

export interface CriticalCurves {
  /** `isotunnel.critical_curves/1` */
  schema: "isotunnel.critical_curves/1";
  /** symbol or formula */
  material: string;
  /** list of measured curves against temperature */
  curves: FieldCurve[];
}

export interface FieldCurve {
  /** `Hc`, the thermodynamic field, or `Hc2`, the upper one */
  quantity: string;
  /** how, or by whom, it was measured */
  method: string;
  /** list, rising (K) */
  temperatures_k: number[];
  /** list of critical fields (mT) */
  fields_mt: number[];
  /** by law: objects of its fit */
  fits: Record<string, FieldFit>;
  /** of upper fields, by law: field at the lowest temperature by the law fitted near Tc alone, over the measured one; empty otherwise (1) */
  lowest_over_measured: Record<string, number>;
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

export interface FieldSummary {
  /** symbol or formula */
  material: string;
  /** `Hc`, the thermodynamic field, or `Hc2`, the upper one */
  quantity: string;
  /** how many (1) */
  curves: number;
  /** of all of them (1) */
  points: number;
  /** by law, `tunnel` for the better of the tunnel theory's two: error at points left out of the fit, over the field at zero (1) */
  held_out: Record<string, number>;
  /** of upper fields, by law: field at the lowest temperature by the law fitted near Tc alone, over the measured one; empty where too few points are near Tc (1) */
  lowest_over_measured: Record<string, number>;
}

// Answers of /api/theories.

export interface LawShown {
  name: string;
  title: string;
  theory: string;
  formula: string;
}

export interface LawParameter {
  name: string;
  unit: string;
  value: number;
  lower: number | null;
  upper: number | null;
}

export interface ResistivityCurve {
  law: LawShown;
  parameters: LawParameter[];
  adjustable: boolean;
  temperature_k: number[];
  rho_uohm_cm: number[];
  rms_relative: number;
}

export interface MeasuredResistivity {
  metal: string;
  phase: string;
  temperature_k: number[];
  rho_uohm_cm: number[];
  sources: string[];
  remarks: string[];
}

export interface FieldShown {
  method: string;
  temperature_k: number[];
  field_mt: number[];
  laws: {
    name: string;
    field_0_mt: number;
    tc_k: number;
    held_out_mt: number;
    temperature_k: number[];
    field_mt: number[];
  }[];
  sources: string[];
}

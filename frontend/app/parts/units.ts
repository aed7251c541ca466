// Units of the documents as a reader writes them.

const UNITS: Record<string, string> = {
  "1/angstrom^3": "Å⁻³",
  angstrom: "Å",
  "angstrom^2": "Å²",
  "angstrom^3": "Å³",
  uohm_cm: "µΩ cm",
};

/** A document's unit as the page writes it. */
export function unitText(unit: string): string {
  return UNITS[unit] ?? unit;
}

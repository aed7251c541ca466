// The state of the view in the page's address, so that a link or a reload shows the same picture.

import { FIRST_STATE, type ViewState } from "./view.ts";

export interface Address {
  field?: string;
  state: Partial<ViewState>;
}

const CHOICES: Record<string, string[]> = { region: ["open", "closed"], style: ["glass", "solid", "none"] };

export function readAddress(): Address {
  const said = new URLSearchParams(location.hash.slice(1));
  const state: Partial<Record<keyof ViewState, unknown>> = {};
  for (const [name, first] of Object.entries(FIRST_STATE)) {
    const text = said.get(name);
    if (text === null) continue;
    if (typeof first === "boolean") state[name as keyof ViewState] = text !== "0";
    else if (typeof first === "string" && CHOICES[name].includes(text)) state[name as keyof ViewState] = text;
    else if (typeof first === "number" && Number.isFinite(Number(text)))
      state[name as keyof ViewState] = Number(text);
  }
  const field = said.get("field");
  return { ...(field !== null && { field }), state: state as Partial<ViewState> };
}

export function writeAddress(field: string | undefined, state: Readonly<ViewState>): void {
  const said = new URLSearchParams();
  if (field) said.set("field", field);
  for (const [name, value] of Object.entries(state)) {
    if (name !== "level" && value === FIRST_STATE[name as keyof ViewState]) continue;
    said.set(name, typeof value === "boolean" ? String(Number(value)) : String(value));
  }
  try {
    history.replaceState(null, "", `#${said}`);
  } catch {
    // Some browsers forbid this for local files; the view works without.
  }
}

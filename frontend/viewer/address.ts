// The state of the view in the page's address, so that a link or a reload shows the same picture.

import { FIRST_STATE, type ViewState } from "./view.ts";

export interface Address {
  field?: string;
  state: Partial<ViewState>;
}

const CHOICES: Record<string, string[]> = { region: ["open", "closed"], style: ["glass", "solid", "none"] };

/** The state stands alone behind the #, or behind the path of a page that has several views. */
function query(): URLSearchParams {
  const text = location.hash.slice(1);
  return new URLSearchParams(text.startsWith("/") ? (text.split("?")[1] ?? "") : text);
}

function pathOf(hash: string): string {
  return hash.startsWith("#/") ? `${hash.slice(1).split("?")[0]}?` : "";
}

export function readAddress(): Address {
  const said = query();
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
  const path = pathOf(location.hash);
  const said = path ? query() : new URLSearchParams();
  if (field) said.set("field", field);
  for (const [name, value] of Object.entries(state)) {
    said.delete(name);
    if (name !== "level" && value === FIRST_STATE[name as keyof ViewState]) continue;
    said.set(name, typeof value === "boolean" ? String(Number(value)) : String(value));
  }
  try {
    history.replaceState(null, "", `#${path}${said}`);
  } catch {
    // Some browsers forbid this for local files; the view works without.
  }
}

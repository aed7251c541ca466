// The state of the view in the page's address, so that a link or a reload shows the same picture.

import type { State, Style } from "./types.ts";

const PREFIX = "#view=";

export interface Address {
  field?: string;
  level?: number;
  style?: Style;
  cells?: number;
}

const STYLES = ["solid", "glass", "off"];

export function readAddress(): Address {
  if (!location.hash.startsWith(PREFIX)) return {};
  const [field = "", level = "", style = "", cells] = location.hash.slice(PREFIX.length).split(",");
  const number = Number.parseInt(level, 10);
  return {
    field,
    ...(Number.isFinite(number) && { level: number }),
    ...(STYLES.includes(style) && { style: style as Style }),
    cells: cells === "2" ? 2 : 1,
  };
}

export function writeAddress(state: State): void {
  try {
    history.replaceState(null, "", `${PREFIX}${state.field},${state.level},${state.style},${state.cells}`);
  } catch {
    // Some browsers forbid this for local files; the view works without.
  }
}

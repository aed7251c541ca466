// The state of the view in the page's address, so that a link or a reload shows the same picture.

const PREFIX = "#view=";

export function readAddress() {
  if (!location.hash.startsWith(PREFIX)) return {};
  const [field, level, style, cells] = location.hash.slice(PREFIX.length).split(",");
  const number = Number.parseInt(level, 10);
  return { field, level: Number.isFinite(number) ? number : undefined, style, cells: cells === "2" ? 2 : 1 };
}

export function writeAddress(state) {
  try {
    history.replaceState(null, "", `${PREFIX}${state.field},${state.level},${state.style},${state.cells}`);
  } catch {
    // Some browsers forbid this for local files; the view works without.
  }
}

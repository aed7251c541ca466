// What the colours mean.

import { make } from "./dom.ts";
import type { Structure } from "./types.ts";

const RANKS = [
  "isolated pocket",
  "wire: along one direction",
  "sheet: along two",
  "network: along all three",
];

export function legend(structure: Structure, surfaces: boolean): HTMLElement {
  const elements = structure.elements.map(({ symbol, color, count }) =>
    make("li", {}, make("span", { class: "iso-ball", style: `background:${color}` }), `${symbol} × ${count}`),
  );
  const ranks = RANKS.map((words, rank) =>
    make("li", {}, make("span", { class: `iso-swatch rank${rank}` }), words),
  );
  const closed = make("li", {}, make("span", { class: "iso-swatch stone" }), "beyond the level: closed");
  const ring = make(
    "li",
    {},
    make("span", { class: "iso-ring" }),
    "bottleneck, where a threshold is reached",
  );
  const arrow = make(
    "li",
    {},
    make("span", { class: "iso-arrow", "aria-hidden": "true" }, "↔"),
    "directions in which the network runs",
  );
  return make(
    "div",
    { class: "iso-legend" },
    make("ul", { "aria-label": "Atoms" }, ...elements),
    ...(surfaces ? [make("ul", { "aria-label": "Surface" }, ...ranks, closed, ring, arrow)] : []),
  );
}

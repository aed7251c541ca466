// Rank against level, above the slider and as wide: a click takes the level there.

import { make } from "./dom.ts";
import { asText, type Scale } from "./scale.ts";

const SPACE = "http://www.w3.org/2000/svg";
const HEIGHT = 44;
const STEP = 13;

export class RankChart {
  readonly element = make("div", { class: "iso-chart", "aria-hidden": "true" });
  private readonly here = made("line", {
    y1: 0,
    y2: HEIGHT,
    class: "here",
    "vector-effect": "non-scaling-stroke",
  });
  private scale: Scale | null = null;

  /** `chosen`: a place from 0 to 1 was clicked. For the keyboard there is the slider. */
  constructor(chosen: (place: number) => void) {
    this.element.addEventListener("pointerdown", (event) => {
      const drawn = this.element.querySelector("svg")?.getBoundingClientRect();
      if (drawn) chosen((event.clientX - drawn.left) / drawn.width);
    });
  }

  setScale(scale: Scale): void {
    this.scale = scale;
    const picture = made("svg", { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none" });
    for (const rank of [1, 2, 3]) {
      const y = HEIGHT - STEP * rank;
      picture.append(made("line", { x1: 0, x2: 100, y1: y, y2: y, "vector-effect": "non-scaling-stroke" }));
    }
    const { events, segments, field } = scale;
    events.forEach((event, n) => {
      const [from, to] = [100 * event.place, 100 * (events[n + 1]?.place ?? 1)];
      const rank = scale.rankAt(event.level);
      const bar = { x: from, width: Math.max(0, to - from), y: HEIGHT - STEP * rank, height: STEP * rank };
      picture.append(made("rect", { ...bar, class: `rank${rank}` }));
    });
    for (const { place } of segments)
      picture.append(
        made("rect", { x: 100 * place, width: 0.8, y: HEIGHT - 6, height: 6, class: "segment" }),
      );
    picture.append(this.here);
    const names = [3, 2, 1].map((rank) => make("span", {}, `${rank}D`));
    const ends = [field.levels[0], field.levels.at(-1) ?? 0].map((level) =>
      make("span", {}, asText(level, "")),
    );
    this.element.replaceChildren(
      make("div", { class: "iso-ranks" }, ...names),
      picture,
      make(
        "div",
        { class: "iso-ends" },
        ends[0],
        `rank against ${field.short}${field.unit ? ` (${field.unit})` : ""}`,
        ends[1],
      ),
    );
  }

  show(level: number): void {
    const x = 100 * (this.scale?.placeOf(level) ?? 0);
    this.here.setAttribute("x1", String(x));
    this.here.setAttribute("x2", String(x));
  }
}

function made(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

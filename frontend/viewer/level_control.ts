// The level: a slider that catches at percolation events, a number to type, a button for each event.

import { button, make } from "./dom.ts";
import { RankChart } from "./rank_chart.ts";
import { asText, fixed, type Scale } from "./scale.ts";

const RANK_WORDS = [
  "only isolated pockets",
  "wires: connected along one direction",
  "sheets: connected along two directions",
  "network: connected along all three directions",
];
const STEPS = 1000;
const KEYS: Record<string, number> = {
  ArrowRight: 4 / STEPS,
  ArrowUp: 4 / STEPS,
  ArrowLeft: -4 / STEPS,
  ArrowDown: -4 / STEPS,
  PageUp: 1,
  PageDown: -1,
};

export class LevelControl {
  readonly element: HTMLElement;
  private readonly slider = make("input", { type: "range", id: "v-level", min: 0, max: STEPS, step: "any" });
  private readonly typed = make("input", {
    type: "text",
    id: "v-typed",
    inputmode: "decimal",
    autocomplete: "off",
  });
  private readonly name = make("span", { class: "iso-name" });
  private readonly unit = make("span", { class: "iso-unit" });
  private readonly ticks = make("div", { class: "iso-ticks", "aria-hidden": "true" });
  private readonly jumps = make("div", {
    class: "iso-jumps",
    role: "group",
    "aria-label": "Go to a threshold",
  });
  private readonly rank = make("p", { class: "iso-rank", id: "v-rank", role: "status" });
  private readonly remark = make("p", { class: "iso-remark", id: "v-remark", role: "status" });

  private readonly chart = new RankChart((place) => this.changed(this.scale.snap(place)));

  /** What the field was last given, which is shorter than the level. */
  private written = "";

  constructor(
    private scale: Scale,
    private level: number,
    private readonly changed: (level: number) => void,
  ) {
    this.typed.setAttribute("aria-describedby", "v-remark");
    const head = make(
      "div",
      { class: "iso-level-head" },
      make("label", { for: "v-typed" }, this.name),
      this.typed,
      this.unit,
    );
    this.slider.setAttribute("aria-label", "Level");
    const track = make("div", { class: "iso-track" }, this.slider, this.ticks);
    this.element = make(
      "div",
      { class: "iso-level" },
      ...[head, this.chart.element, track, this.jumps, this.rank, this.remark],
    );
    this.listen();
    this.setScale(scale, level);
  }

  setScale(scale: Scale, level: number): void {
    this.scale = scale;
    const { field } = scale;
    this.name.textContent = `${field.short} ${field.side === "below" ? "≤" : "≥"}`;
    this.unit.textContent = field.unit;
    this.typed.setAttribute("aria-label", `Level of ${field.short}${field.unit ? ` in ${field.unit}` : ""}`);
    const tick = (place: number, kind: string) =>
      make("span", { style: `left:${100 * place}%`, class: kind });
    this.ticks.replaceChildren(
      ...scale.segments.map((segment) => tick(segment.place, "segment")),
      ...scale.events.map((event) => tick(event.place, rankClass(event.ranks))),
    );
    this.jumps.replaceChildren(
      ...scale.segments.map(({ level, label, atoms }) =>
        this.jump("segment", level, atoms, label, `Where the segment ${atoms} forms: ${label}`),
      ),
      ...scale.events.map(({ level, label, label_with_error, ranks }) => {
        const name = ranks.map((rank) => `${rank}D`).join(" ");
        const title = `Where ${name} networks open: ${label_with_error}`;
        return this.jump(rankClass(ranks), level, name, label, title);
      }),
    );
    this.chart.setScale(scale);
    this.show(level);
  }

  private jump(kind: string, level: number, name: string, label: string, title: string) {
    const made = button(`${name} `, { class: kind, "data-level": level, title }, () => this.changed(level));
    made.append(make("small", {}, label));
    return made;
  }

  show(level: number): void {
    this.level = level;
    const { scale } = this;
    const event = scale.eventAt(level);
    const rank = scale.rankAt(level);
    this.slider.value = String(STEPS * scale.placeOf(level));
    if (document.activeElement !== this.typed) this.write(level);
    const segment = scale.segmentAt(level);
    const ranks = event?.ranks.map((r) => `${r}D`).join(", ");
    const words = event ? `at the ${ranks} threshold` : segment ? `segment ${segment.atoms} forms` : "";
    this.chart.show(level);
    this.rank.textContent = RANK_WORDS[rank];
    this.rank.dataset.rank = String(rank);
    this.remark.textContent = event
      ? `${ranks} threshold: ${event.label_with_error}`
      : segment
        ? `The segment ${segment.atoms} forms at ${segment.label}`
        : "";
    const said = `${scale.field.short} ${asText(level, scale.field.unit)}`;
    this.slider.setAttribute("aria-valuetext", [said, words, RANK_WORDS[rank]].filter(Boolean).join(", "));
    for (const jump of this.jumps.children as Iterable<HTMLElement> & HTMLCollection)
      jump.setAttribute("aria-pressed", String(Number((jump as HTMLElement).dataset.level) === level));
  }

  private listen() {
    const { slider, typed } = this;
    slider.addEventListener("input", () => this.changed(this.scale.snap(Number(slider.value) / STEPS)));
    // A reader who lets go at an event finds the handle there.
    slider.addEventListener("change", () => this.show(this.level));
    slider.addEventListener("keydown", (event) => {
      const by = KEYS[event.key];
      if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.changed(this.scale.step(this.level, event.shiftKey ? by / 4 : by));
    });
    typed.addEventListener("change", () => this.type());
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.type();
    });
  }

  private write(level: number) {
    this.written = fixed(level).replace("-", "−");
    this.typed.value = this.written;
  }

  private type() {
    // Leaving the field is no typing: the level has more digits than are written.
    if (this.typed.value === this.written) return;
    const text = this.typed.value.trim().replace("−", "-").replace(",", ".");
    const value = Number(text);
    if (text === "" || !Number.isFinite(value)) {
      this.remark.textContent = `"${this.typed.value}" is no number`;
      this.typed.setAttribute("aria-invalid", "true");
      return;
    }
    this.typed.removeAttribute("aria-invalid");
    const { levels } = this.scale.field;
    const [low, high] = [Math.min(levels[0], levels.at(-1)!), Math.max(levels[0], levels.at(-1)!)];
    const level = this.scale.snapTyped(value, text.split(".")[1]?.length ?? 0);
    this.changed(Math.min(high, Math.max(low, level)));
    this.write(this.level);
    if (level < low || level > high)
      this.remark.textContent = `Drawn from ${asText(low, "")} to ${asText(high, this.scale.field.unit)} only`;
  }
}

function rankClass(ranks: number[]): string {
  return `rank${Math.max(...ranks)}`;
}

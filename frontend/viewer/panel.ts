// What a reader sets beside the picture.

import { button, checkbox, make, select } from "./dom.ts";
import { LevelControl } from "./level_control.ts";
import type { Scale } from "./scale.ts";
import type { Style } from "./surface.ts";
import type { FieldDescription, Structure } from "./types.ts";
import type { Look, ViewState } from "./view.ts";

export interface PanelActions {
  change(change: Partial<ViewState>): void;
  field(id: string): void;
  look(where: Look): void;
  png(): void;
  gltf(): void;
  fullScreen(): void;
}

/** Ways to draw, as one choice: what is a body, and how clear it is. */
const DRAWN: [value: string, text: string][] = [
  ["open glass", "open region, see-through"],
  ["open solid", "open region, solid"],
  ["closed solid", "closed region, solid"],
  ["open none", "nothing"],
];

export class Panel {
  readonly element = make("form", { class: "iso-panel", autocomplete: "off", "aria-label": "What is shown" });
  private readonly level: LevelControl | null;

  constructor(
    structure: Structure,
    fields: FieldDescription[],
    scale: Scale | null,
    state: ViewState,
    actions: PanelActions,
  ) {
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.level = scale ? new LevelControl(scale, state.level, (level) => actions.change({ level })) : null;
    const names = fields.map(({ id, name }): [string, string] => [id, name]);
    if (scale && this.level) {
      this.element.append(
        select("Field", "v-field", names, scale.field.id, actions.field),
        this.level.element,
      );
      this.element.append(
        select("Drawn", "v-drawn", DRAWN, `${state.region} ${state.style}`, (value) => {
          const [region, style] = value.split(" ") as [ViewState["region"], Style];
          actions.change({ region, style });
        }),
      );
    }
    this.element.append(
      cells(structure, state, actions),
      looks(actions),
      switches(state, actions, scale !== null),
      keep(actions),
    );
  }

  show(scale: Scale | null, level: number, newField: boolean): void {
    if (!scale || !this.level) return;
    if (newField) this.level.setScale(scale, level);
    else this.level.show(level);
  }
}

function cells(structure: Structure, state: ViewState, actions: PanelActions): HTMLElement {
  const names = structure.cells.map(({ name }, i): [string, string] => [String(i), name]);
  const repeats = [1, 2, 3].map((n): [string, string] => [
    String(n),
    n === 1 ? "once" : `${n} × ${n} × ${n}`,
  ]);
  return make(
    "div",
    { class: "iso-pair" },
    select("Cell", "v-cell", names, String(state.cell), (value) => actions.change({ cell: Number(value) })),
    select("Repeated", "v-repeats", repeats, String(state.repeats), (value) =>
      actions.change({ repeats: Number(value) }),
    ),
  );
}

function looks(actions: PanelActions): HTMLElement {
  const along = (["a", "b", "c"] as const).map((name) =>
    button(name, { "data-look": name, "aria-label": `Look along ${name}` }, () => actions.look(name)),
  );
  const reset = button(
    "reset",
    { "data-look": "default", "aria-label": "reset: look from the first side again" },
    () => actions.look("default"),
  );
  return make(
    "div",
    { class: "iso-row", role: "group", "aria-label": "Look along a lattice vector" },
    make("span", {}, "Look along"),
    ...along,
    reset,
  );
}

function switches(state: ViewState, actions: PanelActions, surfaces: boolean): HTMLElement {
  const all = ["atoms", "bonds", "pockets", "marks", "arrows"] as const;
  const words = {
    atoms: "atoms",
    bonds: "bonds",
    pockets: "pockets",
    marks: "bottlenecks",
    arrows: "directions",
  };
  const boxes = all
    .filter((name) => surfaces || name === "atoms" || name === "bonds")
    .map((name) => checkbox(words[name], `v-${name}`, state[name], (on) => actions.change({ [name]: on })));
  return make("div", { class: "iso-switches" }, ...boxes);
}

function keep(actions: PanelActions): HTMLElement {
  return make(
    "div",
    { class: "iso-row" },
    button("PNG", { id: "v-png", title: "Save the picture" }, actions.png),
    button("glTF", { id: "v-gltf", title: "Save the bodies for Blender, ParaView and others" }, actions.gltf),
    button("Full screen", { id: "v-full", hidden: !document.fullscreenEnabled }, actions.fullScreen),
  );
}

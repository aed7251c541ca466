// View, panel and legend as one: what a report or a notebook puts in an element.

import { readAddress, writeAddress } from "./address.ts";
import { make } from "./dom.ts";
import { save, toGltf, toPng } from "./export.ts";
import type { Grid } from "./grid.ts";
import { legend } from "./legend.ts";
import { Panel } from "./panel.ts";
import { asText, Scale } from "./scale.ts";
import { FieldSource } from "./source.ts";
import type { FieldDescription, Structure } from "./types.ts";
import { CrystalView, FIRST_STATE, type Look, type ViewState } from "./view.ts";

export interface ViewerContent {
  title: string;
  structure: Structure;
  fields: FieldDescription[];
  top: number;
  /** The field itself; asked for when it is first shown. */
  grid(field: FieldDescription): Promise<Grid>;
}

const TURN = Math.PI / 36;

export class Viewer {
  readonly view: CrystalView;
  private readonly box: HTMLElement;
  private readonly panel: Panel;
  private readonly sources = new Map<string, Promise<FieldSource>>();
  private scale: Scale | null = null;
  private waiting: Partial<ViewState> | null = null;

  constructor(
    private readonly content: ViewerContent,
    holder: HTMLElement,
  ) {
    const { structure, fields, title } = content;
    const picture = make("div", {
      class: "iso-picture",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "3D view",
    });
    picture.setAttribute(
      "aria-label",
      `${title}. Arrow keys turn, + and − zoom, a, b and c look along the lattice vectors, 0 resets.`,
    );
    this.box = make("div", { class: "iso-box" }, picture);
    holder.replaceChildren(this.box, legend(structure, fields.length > 0));
    this.view = new CrystalView(structure, picture);
    const asked = readAddress();
    const field = fields.find(({ id }) => id === asked.field) ?? fields[0];
    if (field) this.scale = new Scale(field);
    const state = { ...FIRST_STATE, ...asked.state };
    state.cell = structure.cells[state.cell] ? state.cell : 0;
    state.repeats = [1, 2, 3].includes(state.repeats) ? state.repeats : 1;
    if (field && (asked.field !== field.id || asked.state.level === undefined)) state.level = field.start;
    this.panel = new Panel(structure, fields, this.scale, state, {
      change: (change) => this.change(change),
      field: (id) => this.chooseField(id),
      look: (where) => this.view.look(where),
      png: () => this.keep("png"),
      gltf: () => this.keep("glb"),
      fullScreen: () => this.fullScreen(),
    });
    this.box.append(this.panel.element);
    picture.addEventListener("keydown", (event) => this.key(event));
    this.first = state;
  }

  private readonly first: ViewState;

  /** Show the first picture; done when it is there. */
  async start(): Promise<void> {
    await this.attach();
    await this.view.show(this.first);
    this.tell();
  }

  /** What the surface shows: triangles by the rank of their network. */
  get triangles(): readonly number[] {
    return this.view.surface.triangles;
  }

  private chooseField(id: string) {
    const field = this.content.fields.find((one) => one.id === id);
    if (!field) return;
    this.scale = new Scale(field);
    this.panel.show(this.scale, field.start, true);
    this.attach().then(
      () => this.change({ level: field.start }),
      (error) => console.error(error),
    );
  }

  private async attach() {
    const { scale } = this;
    if (!scale) return;
    const { field } = scale;
    let source = this.sources.get(field.id);
    if (!source) {
      source = this.content.grid(field).then((grid) => new FieldSource(grid, scale, this.content.top));
      this.sources.set(field.id, source);
    }
    const ready = await source;
    if (this.scale === scale) this.view.setSource(ready, field.bottlenecks);
  }

  /** Changes of one frame are drawn together: a pointer moves faster than surfaces are made. */
  private change(change: Partial<ViewState>) {
    if (change.level !== undefined) this.panel.show(this.scale, change.level, false);
    const first = this.waiting === null;
    this.waiting = { ...this.waiting, ...change };
    if (!first) return;
    requestAnimationFrame(() => {
      const all = this.waiting ?? {};
      this.waiting = null;
      this.view.show(all).then(
        () => this.tell(),
        (error) => console.error(error),
      );
    });
  }

  /** Leaves in the document what is shown, for links and for tests. */
  private tell() {
    const { shown } = this.view;
    writeAddress(this.scale?.field.id, shown);
    this.box.dataset.level = String(shown.level);
    this.box.dataset.triangles = this.triangles.join(" ");
  }

  private key(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const turns: Record<string, [number, number]> = {
      ArrowLeft: [-TURN, 0],
      ArrowRight: [TURN, 0],
      ArrowUp: [0, TURN],
      ArrowDown: [0, -TURN],
    };
    const looks: Record<string, Look> = { a: "a", b: "b", c: "c", "0": "default" };
    const zooms: Record<string, number> = { "+": 0.9, "=": 0.9, "-": 1 / 0.9 };
    const { stage } = this.view;
    if (turns[event.key]) stage.turn(...turns[event.key]);
    else if (looks[event.key]) this.view.look(looks[event.key]);
    else if (zooms[event.key]) stage.zoom(zooms[event.key]);
    else return;
    event.preventDefault();
  }

  private caption(): string {
    const { scale, content, view } = this;
    if (!scale) return content.title;
    const { field } = scale;
    const relation = field.side === "below" ? "≤" : "≥";
    return `${content.title} · ${field.name} ${relation} ${asText(view.shown.level, field.unit)}`;
  }

  private keep(kind: "png" | "glb") {
    const name = `${this.content.title.replaceAll(/[^\w.@-]+/g, "-").replaceAll(/^-+|-+$/g, "") || "crystal"}.${kind}`;
    const made = kind === "png" ? toPng(this.view, this.caption()) : toGltf(this.view);
    made.then(
      (blob) => save(blob, name),
      (error) => console.error(error),
    );
  }

  private fullScreen() {
    const done = document.fullscreenElement ? document.exitFullscreen() : this.box.requestFullscreen();
    done.catch((error) => console.warn(`Full screen: ${error.message}`));
  }
}

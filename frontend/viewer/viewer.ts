// View, panel and legend as one: what a report or a notebook puts in an element.

import { readAddress, writeAddress } from "./address.ts";
import { make } from "./dom.ts";
import { save, toGltf, toPng } from "./export.ts";
import { KEYS_IN_WORDS, listenForKeys } from "./keys.ts";
import { legend } from "./legend.ts";
import { Panel } from "./panel.ts";
import { asText, Scale } from "./scale.ts";
import type { SurfaceSource } from "./source.ts";
import type { FieldDescription, Structure } from "./types.ts";
import { CrystalView, FIRST_STATE, type Marks, type ViewState } from "./view.ts";

export interface ViewerContent {
  title: string;
  structure: Structure;
  fields: FieldDescription[];
  /** Where a field's surfaces come from; asked for when it is first shown. */
  surfaces(field: FieldDescription, scale: Scale): Promise<SurfaceSource>;
}

export class Viewer {
  readonly view: CrystalView;
  private readonly box: HTMLElement;
  private readonly panel: Panel;
  private readonly sources = new Map<string, Promise<SurfaceSource>>();
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
    picture.setAttribute("aria-label", `${title}. ${KEYS_IN_WORDS}`);
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
    listenForKeys(picture, this.view);
    this.first = state;
  }

  private readonly first: ViewState;

  /** Show the first picture; done when it is there. */
  async start(): Promise<void> {
    await this.attach();
    await this.view.show(this.first);
    this.tell();
  }

  /** Gives back what the picture takes of the machine. */
  dispose(): void {
    this.view.dispose();
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
      source = this.content.surfaces(field, scale);
      this.sources.set(field.id, source);
    }
    const ready = await source;
    if (this.scale === scale) this.view.setSource(ready, marksOf(scale));
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

/** Bottlenecks of a field, and the directions of the networks that are open at a level. */
export function marksOf(scale: Scale): Marks {
  const { bottlenecks, directions } = scale.field;
  const directionsAt = (level: number) => {
    const rank = scale.rankAt(level);
    return directions.find((one) => one.rank === rank);
  };
  return { bottlenecks, directionsAt };
}

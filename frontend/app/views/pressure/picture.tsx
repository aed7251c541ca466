// The crystal at the slider's place with the surface of its tunnels, in one picture that keeps its side.

import { useEffect, useRef, useState } from "preact/hooks";
import {
  asText,
  CrystalView,
  type FieldDescription,
  KEYS_IN_WORDS,
  listenForKeys,
  marksOf,
  Scale,
} from "../../../viewer/index.ts";
import { useSetting } from "../../address.ts";
import type { Problem } from "../../api.ts";
import { Choose } from "../../parts/choose.tsx";
import { ProblemLine, Waiting } from "../../parts/common.tsx";
import { problemOf } from "../../parts/webgl.ts";
import { Workshop } from "../../surfaces/workshop.ts";
import { type Cell, levelFor, nearest, Pictures, unpacked } from "./pictures.ts";
import type { Axis } from "./source.ts";
import "../../../../src/isotunnel/report/static/viewer.css";

const LEVELS = {
  valence: "the level of the valence electrons",
  "1": "the 1D threshold",
  "2": "the 2D threshold",
  "3": "the 3D threshold",
};
const RANKS = ["isolated pockets only", "wires", "sheets", "a network along all three directions"];

interface Seen {
  cell: Cell;
  field: FieldDescription;
  level: number | null;
}

class Scene {
  readonly pictures: Pictures;
  private readonly workshop = new Workshop();
  private view: CrystalView | undefined;
  private shown: Cell | undefined;

  constructor(
    path: string,
    private readonly holder: HTMLElement,
  ) {
    this.pictures = new Pictures(path);
  }

  async show(cell: Cell, short: string, which: string): Promise<Seen | undefined> {
    const field = cell.fields.find((one) => one.short === short) ?? cell.fields[0];
    if (!field) return undefined;
    const drawn = this.view ?? this.begun(cell);
    if (this.shown !== cell) drawn.setStructure(cell.structure);
    this.shown = cell;
    const level = levelFor(cell, field, which);
    const packed = unpacked(cell.told.grids[field.id] ?? "");
    const source = this.workshop.source(`${cell.at} ${field.id}`, packed, field, cell.top);
    drawn.setSource(level === null ? null : source, marksOf(new Scale(field)));
    await drawn.show(level === null ? { style: "none" } : { level, style: "glass" });
    return { cell, field, level };
  }

  private begun(cell: Cell): CrystalView {
    this.view = new CrystalView(cell.structure, this.holder);
    this.shown = cell;
    listenForKeys(this.holder, this.view);
    return this.view;
  }

  close(): void {
    this.pictures.close();
    this.workshop.close();
    this.view?.dispose();
    this.holder.replaceChildren();
  }
}

interface PictureProps {
  /** Of a picture, without the place on the slider at its end. */
  path: string;
  axis: Axis;
  places: number[];
  at: number;
}

export function Picture({ path, axis, places, at }: PictureProps) {
  const holder = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | null>(null);
  const [seen, setSeen] = useState<Seen>();
  const [problem, setProblem] = useState<Problem>();
  const [short, setShort] = useSetting("field", "KS potential");
  const [which, setWhich] = useSetting("level", "valence");
  useEffect(() => {
    if (!holder.current) return;
    const made = new Scene(path, holder.current);
    scene.current = made;
    setSeen(undefined);
    return () => {
      scene.current = null;
      made.close();
    };
  }, [path]);
  const computed = nearest(places, at);
  useEffect(() => {
    const mine = scene.current;
    let stale = false;
    setProblem(undefined);
    const begin = async () => {
      const cell = await mine?.pictures.at(computed);
      if (stale || !mine || !cell) return;
      const now = await mine.show(cell, short, which);
      if (stale) return;
      setSeen(now);
      // The next ones are ready before the slider is there.
      for (const one of [...places].sort((a, b) => Math.abs(a - computed) - Math.abs(b - computed))) {
        if (stale) return;
        await mine.pictures.at(one);
      }
      if (holder.current) holder.current.dataset.complete = "true";
    };
    begin().catch((error: unknown) => {
      if (!stale) setProblem(problemOf(error));
    });
    return () => {
      stale = true;
    };
  }, [path, computed, short, which, places]);
  const fields = seen?.cell.fields.map((field) => field.short) ?? [short];
  return (
    <figure class="crystal-at">
      <div class="row">
        <Choose label="Field" value={seen?.field.short ?? short} set={setShort} values={fields} />
        <Choose label="Surface at" value={which} set={setWhich} values={Object.keys(LEVELS)} words={LEVELS} />
      </div>
      <div
        class="iso-viewer iso-picture"
        ref={holder}
        role="application"
        aria-roledescription="3D view"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys turn the crystal
        tabIndex={0}
        aria-label={`The crystal at ${axis.at(String(computed))} with the surface of its tunnels. ${KEYS_IN_WORDS}`}
        data-at={seen?.cell.at}
        data-level={seen?.level ?? undefined}
        data-rank={seen && rankOf(seen)}
      />
      {!seen && !problem && <Waiting what="drawing the crystal" />}
      {problem && <ProblemLine problem={problem} />}
      {seen && <Words seen={seen} axis={axis} at={at} />}
    </figure>
  );
}

function rankOf({ field, level }: Seen): number {
  return level === null ? 0 : new Scale(field).rankAt(level);
}

function Words({ seen: { cell, field, level }, axis, at }: { seen: Seen; axis: Axis; at: number }) {
  const rank = rankOf({ cell, field, level });
  const reading = cell.told.levels[field.id]?.reading;
  return (
    <figcaption>
      <p role="status">
        <strong>{axis.at(String(cell.at))}</strong>
        {cell.at !== at && " (the computed cell next to the slider)"}:{" "}
        {level === null
          ? "this threshold is not reached"
          : `${field.short} ${field.side === "below" ? "≤" : "≥"} ${asText(level, field.unit)}: ${RANKS[rank]}`}
      </p>
      <p class="faint">
        Field of superposed free atoms {axis.cell}. Open at the level of the valence electrons is what the
        reading “{reading}” calls a tunnel for them: its gap is then zero or less. Colours: grey pockets,
        orange wires, green sheets, blue networks.
      </p>
    </figcaption>
  );
}

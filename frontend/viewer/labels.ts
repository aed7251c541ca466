// Words that follow points of the picture and keep out of each other's way.

import { Group, Mesh, MeshBasicMaterial, SphereGeometry, TorusGeometry, Vector3 } from "three";
import type { Triple } from "./linear.ts";
import { disposeOf, type Stage } from "./stage.ts";

const MARK = "#d81b60";
const GAP = 4;

interface Label {
  element: HTMLElement;
  at: Vector3;
  kind: "axis" | "bottleneck" | "direction";
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export class Labels {
  readonly group = new Group();
  private rings: Mesh[] = [];
  private labels: Label[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly holder: HTMLElement,
  ) {
    stage.afterDraw.push(() => this.place());
    stage.beforeDraw.push(() => {
      for (const ring of this.rings) ring.quaternion.copy(stage.camera.quaternion);
    });
  }

  clear(): void {
    disposeOf(this.group);
    this.group.clear();
    this.rings = [];
    for (const { element } of this.labels) element.remove();
    this.labels = [];
  }

  addText(at: Triple, text: string, kind: Label["kind"]): void {
    const element = document.createElement("span");
    element.className = `iso-label ${kind}`;
    element.textContent = text;
    element.setAttribute("aria-hidden", "true");
    this.holder.append(element);
    this.labels.push({ element, at: new Vector3(...at), kind });
  }

  /** A ring that always faces the reader, and words beside it. */
  addBottleneck(at: Triple, text: string, size: number): void {
    const paint = new MeshBasicMaterial({ color: MARK, depthTest: false, transparent: true });
    const dot = new Mesh(new SphereGeometry(0.22 * size, 16, 12), paint);
    const ring = new Mesh(new TorusGeometry(size, 0.14 * size, 10, 40), paint);
    for (const mesh of [dot, ring]) {
      mesh.position.set(...at);
      mesh.renderOrder = 10;
      this.group.add(mesh);
    }
    this.rings.push(ring);
    if (text) this.addText(at, text, "bottleneck");
  }

  /** What is shown, where: for a picture that is kept. */
  shown(): { text: string; box: Box; kind: Label["kind"] }[] {
    return this.labels
      .filter(({ element }) => !element.hidden)
      .map(({ element, kind }) => ({
        text: element.textContent ?? "",
        kind,
        box: {
          x: Number(element.dataset.x),
          y: Number(element.dataset.y),
          width: element.offsetWidth,
          height: element.offsetHeight,
        },
      }));
  }

  private place() {
    const { clientWidth: width, clientHeight: height } = this.holder;
    const taken: Box[] = [];
    for (const { element, at, kind } of this.labels) {
      element.hidden = kind === "bottleneck" && !this.group.visible;
      if (element.hidden) continue;
      const point = at.clone().project(this.stage.camera);
      const [x, y] = [((point.x + 1) / 2) * width, ((1 - point.y) / 2) * height];
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const free = placesAround(x, y, size, kind === "axis" ? 0 : 12)
        .map((box) => inside(box, width, height))
        .find((box) => !taken.some((other) => overlap(box, other)));
      element.hidden = !free;
      if (!free) continue;
      taken.push(free);
      element.dataset.x = String(free.x);
      element.dataset.y = String(free.y);
      element.style.transform = `translate(${free.x.toFixed(1)}px, ${free.y.toFixed(1)}px)`;
    }
  }
}

/** Boxes around a point from the best place to the worst, ever farther away. */
export function placesAround(
  x: number,
  y: number,
  size: { width: number; height: number },
  away: number,
): Box[] {
  const { width, height } = size;
  const boxes: Box[] = [];
  if (away === 0) boxes.push({ x: x - width / 2, y: y - height / 2, width, height });
  for (let ring = 0; ring < 6; ring++) {
    const d = Math.max(away, 6) + ring * (height + GAP);
    for (const [dx, dy] of AROUND) {
      const left = dx > 0 ? x + d : dx < 0 ? x - d - width : x - width / 2;
      const top = dy > 0 ? y + d : dy < 0 ? y - d - height : y - height / 2;
      boxes.push({ x: left, y: top, width, height });
    }
  }
  return boxes;
}

const AROUND = [
  [1, -1],
  [1, 0],
  [1, 1],
  [-1, -1],
  [-1, 0],
  [-1, 1],
  [0, -1],
  [0, 1],
];

export function overlap(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + GAP &&
    b.x < a.x + a.width + GAP &&
    a.y < b.y + b.height + GAP &&
    b.y < a.y + a.height + GAP
  );
}

function inside(box: Box, width: number, height: number): Box {
  const x = Math.max(GAP, Math.min(box.x, width - box.width - GAP));
  const y = Math.max(GAP, Math.min(box.y, height - box.height - GAP));
  return { ...box, x, y };
}

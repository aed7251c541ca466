// Bottlenecks (a ring that always faces the reader) and text that follows points in space.

import { Group, Mesh, MeshBasicMaterial, SphereGeometry, TorusGeometry, type Vector3 } from "three";
import { toCartesian } from "./crystal.ts";
import type { Stage } from "./stage.ts";
import type { Bottleneck, Matrix } from "./types.ts";

const COLOR = "#d81b60";

export class Marks {
  readonly group = new Group();
  private rings: Mesh[] = [];
  private texts: { element: HTMLElement; position: Vector3 }[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly holder: HTMLElement,
  ) {
    stage.afterDraw.push(() => this.place());
  }

  clear(): void {
    this.group.clear();
    this.rings = [];
    for (const { element } of this.texts) element.remove();
    this.texts = [];
  }

  addText(position: Vector3, text: string, className: string): void {
    const element = document.createElement("span");
    element.className = `mark ${className}`;
    element.textContent = text;
    this.holder.append(element);
    this.texts.push({ element, position });
  }

  addBottleneck(cell: Matrix, mark: Bottleneck, size: number): void {
    const at = toCartesian(cell, ...mark.position);
    const paint = new MeshBasicMaterial({ color: COLOR, depthTest: false, transparent: true });
    const dot = new Mesh(new SphereGeometry(0.22 * size, 16, 12), paint);
    const ring = new Mesh(new TorusGeometry(size, 0.14 * size, 10, 40), paint);
    for (const mesh of [dot, ring]) {
      mesh.position.copy(at);
      mesh.renderOrder = 10;
      this.group.add(mesh);
    }
    this.rings.push(ring);
    if (mark.label) this.addText(at, mark.label, "bottleneck");
  }

  private place() {
    const { camera, holder } = this.stage;
    for (const { element, position } of this.texts) {
      const point = position.clone().project(camera);
      element.hidden = !this.group.visible && element.classList.contains("bottleneck");
      const most = holder.clientWidth - element.offsetWidth - 4;
      // Words hang beside their point, and never over the frame's edge, where they would be cut off.
      const beside = element.classList.contains("bottleneck") ? 14 : 0;
      const x = Math.max(4, Math.min(((point.x + 1) / 2) * holder.clientWidth + beside, most));
      const y = ((1 - point.y) / 2) * holder.clientHeight;
      element.style.transform = `translate(${x}px, ${y}px)`;
    }
  }

  // Rings face the camera; called before each drawing.
  face(): void {
    for (const ring of this.rings) ring.quaternion.copy(this.stage.camera.quaternion);
  }
}

// The picture as PNG and the bodies as glTF.

import {
  DoubleSide,
  Group,
  InstancedMesh,
  LineSegments,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  type MeshStandardMaterial,
  type Object3D,
} from "three";
import { GLTFExporter } from "three/examples/jsm/exporters/GLTFExporter.js";
import type { CrystalView } from "./view.ts";

/** The picture with its labels and a line of words below, on the page's ground. */
export async function toPng(view: CrystalView, caption: string): Promise<Blob> {
  const { stage, holder, labels } = view;
  stage.render();
  const drawn = stage.renderer.domElement;
  const scale = drawn.width / holder.clientWidth;
  const line = 28;
  const canvas = document.createElement("canvas");
  canvas.width = drawn.width;
  canvas.height = drawn.height + line * scale;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser cannot draw");
  const style = getComputedStyle(holder);
  pen.fillStyle = groundOf(holder);
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn, 0, 0);
  pen.scale(scale, scale);
  pen.fillStyle = style.color;
  pen.textBaseline = "middle";
  for (const { text, box, kind } of labels.shown()) {
    pen.font = `${kind === "axis" ? "italic " : ""}13px ${style.fontFamily}`;
    pen.fillText(text, box.x + (kind === "axis" ? 0 : 6), box.y + box.height / 2);
  }
  pen.font = `14px ${style.fontFamily}`;
  pen.fillText(caption, 10, holder.clientHeight + line / 2, holder.clientWidth - 20);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the picture is too large"))), "image/png");
  });
}

/** Surface, atoms, bonds and cell edges as binary glTF 2.0, in angstrom. */
export async function toGltf(view: CrystalView): Promise<Blob> {
  const scene = new Group();
  view.stage.content.traverseVisible((part) => {
    if (view.labels.group.getObjectById(part.id)) return;
    for (const body of plain(part)) scene.add(body);
  });
  const made = await new GLTFExporter().parseAsync(scene, { binary: true });
  return new Blob([made as ArrayBuffer], { type: "model/gltf-binary" });
}

/** Bodies that other programs understand: no instances, no rims, one body for both sides. */
function plain(part: Object3D): Object3D[] {
  if (part instanceof InstancedMesh) {
    if (part.material.name === "rim") return [];
    return Array.from({ length: part.count }, (_, i) => {
      const mesh = new Mesh(part.geometry, part.material);
      const move = new Matrix4();
      part.getMatrixAt(i, move);
      mesh.applyMatrix4(move);
      return mesh;
    });
  }
  if (part instanceof Mesh) {
    if (!SKIN_AND_CUTS.includes(part.renderOrder)) return [];
    const paints = (part.material as MeshStandardMaterial[]).map((paint) => {
      const both = paint.clone();
      both.side = DoubleSide;
      return both;
    });
    const mesh = new Mesh(part.geometry, paints);
    mesh.position.copy(part.position);
    return [mesh];
  }
  if (!(part instanceof LineSegments)) return [];
  // The exporter knows paints of meshes only.
  return [new LineSegments(part.geometry, new MeshBasicMaterial({ color: part.material.color }))];
}

/** Order in which surface.ts draws: the skin's outer side and the near cuts. */
const SKIN_AND_CUTS = [3, 4];

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function groundOf(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (!/rgba\(.*, 0\)|transparent/.test(color)) return color;
  }
  return "#ffffff";
}

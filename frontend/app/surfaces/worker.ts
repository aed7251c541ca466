// Makes surfaces beside the page, so that the page answers while it does.

import { decodeValues, inflated } from "../../viewer/decode.ts";
import type { Mesh } from "../../viewer/march.ts";
import { Scale } from "../../viewer/scale.ts";
import { FieldSource } from "../../viewer/source.ts";
import type { Asked, FieldSent, MeshAsked, MeshMade } from "./messages.ts";

const sources = new Map<string, Promise<FieldSource>>();

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  if (data.kind === "field") sources.set(data.name, unpacked(data));
  else made(data).catch((error: unknown) => answer({ number: data.number, failed: String(error) }, []));
});

async function unpacked({ packed, field, top }: FieldSent): Promise<FieldSource> {
  const values = decodeValues(await inflated(packed));
  return new FieldSource({ shape: field.shape, cell: field.cell, values }, new Scale(field), top);
}

async function made({ name, number, level, transform, region }: MeshAsked): Promise<void> {
  const source = await sources.get(name);
  if (!source) throw new Error(`no field ${name}`);
  const mesh = source.meshAt(level, transform, region);
  answer({ number, mesh }, [mesh.skin, ...mesh.caps].flatMap(buffers));
}

function buffers({ positions, normals, indices }: Mesh): ArrayBuffer[] {
  return [positions, normals, ...indices].map((array) => array.buffer as ArrayBuffer);
}

function answer(reply: MeshMade, transfer: ArrayBuffer[]): void {
  postMessage(reply, { transfer });
}

// What the page and the worker that makes surfaces tell each other.

import type { FieldDescription, Matrix, Region, SurfaceMesh } from "../../viewer/index.ts";

/** A field, packed as the server sends it; kept by the worker under its name. */
export interface FieldSent {
  kind: "field";
  name: string;
  packed: ArrayBuffer;
  field: FieldDescription;
  top: number;
}

export interface MeshAsked {
  kind: "mesh";
  name: string;
  number: number;
  level: number;
  transform: Matrix;
  region: Region;
}

export type Asked = FieldSent | MeshAsked;

export interface MeshMade {
  number: number;
  mesh?: SurfaceMesh;
  failed?: string;
}

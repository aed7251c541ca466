// What other programs of the front end use.

export { decodeValues, inflated } from "./decode.ts";
export type { Grid } from "./grid.ts";
export { KEYS_IN_WORDS, listenForKeys } from "./keys.ts";
export type { Matrix, Triple } from "./linear.ts";
export type { Mesh, Region, SurfaceMesh } from "./march.ts";
export { Forest } from "./merge.ts";
export { asText, Scale } from "./scale.ts";
export { FieldSource, type SurfaceSource } from "./source.ts";
export type { Bottleneck, FieldDescription, PercolationEvent, SceneDescription, Structure } from "./types.ts";
export { CrystalView, FIRST_STATE, type ViewState } from "./view.ts";
export { marksOf, Viewer, type ViewerContent } from "./viewer.ts";

// The 3D view of a job's scene; the same viewer as in reports and notebooks, with surfaces made by a worker.

import { useEffect, useRef, useState } from "preact/hooks";
import { type FieldDescription, type SceneDescription, Viewer } from "../../../viewer/index.ts";
import { get, getBytes, type Problem } from "../../api.ts";
import { ProblemLine } from "../../parts/common.tsx";
import { problemOf } from "../../parts/webgl.ts";
import { Workshop } from "../../surfaces/workshop.ts";
import "../../../../src/isotunnel/report/static/viewer.css";

/** Draws; what comes back ends it. */
function draw(job: string, holder: HTMLElement, fail: (error: unknown) => void): () => void {
  const workshop = new Workshop();
  let viewer: Viewer | undefined;
  let over = false;
  const begin = async () => {
    const { cell, title, fields, top, ...rest } = await get<SceneDescription>(`jobs/${job}/scene`);
    if (!cell || over) return;
    const surfaces = async (field: FieldDescription) =>
      workshop.source(field.id, await getBytes(`jobs/${job}/grids/${field.id}`), field, top);
    viewer = new Viewer({ title, structure: { ...rest, cell }, fields, surfaces }, holder);
    await viewer.start();
    holder.dataset.ready = "true";
  };
  begin().catch((error: unknown) => {
    if (!over) fail(error);
  });
  return () => {
    over = true;
    workshop.close();
    viewer?.dispose();
    delete holder.dataset.ready;
    holder.replaceChildren();
  };
}

export function Picture({ job }: { job: string }) {
  const holder = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    setProblem(undefined);
    if (!holder.current) return;
    return draw(job, holder.current, (error) => setProblem(problemOf(error)));
  }, [job]);
  return (
    <>
      <div class="iso-viewer" ref={holder} />
      {problem && <ProblemLine problem={problem} />}
    </>
  );
}

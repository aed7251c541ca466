// The 3D view of a job's scene; the same viewer as in reports and notebooks.

import { useEffect, useRef, useState } from "preact/hooks";
import {
  decodeValues,
  type FieldDescription,
  inflated,
  type SceneDescription,
  Viewer,
} from "../../../viewer/index.ts";
import { get, getBytes, type Problem, ProblemError } from "../../api.ts";
import { ProblemLine } from "../../parts/common.tsx";
import "../../../../src/isotunnel/report/static/viewer.css";

async function draw(job: string, holder: HTMLElement): Promise<void> {
  const { cell, title, fields, top, ...rest } = await get<SceneDescription>(`jobs/${job}/scene`);
  if (!cell) return;
  const grid = async (field: FieldDescription) => {
    const bytes = await inflated(await getBytes(`jobs/${job}/grids/${field.id}`));
    return { shape: field.shape, cell: field.cell, values: decodeValues(bytes) };
  };
  await new Viewer({ title, structure: { ...rest, cell }, fields, top, grid }, holder).start();
  holder.dataset.ready = "true";
}

export function Picture({ job }: { job: string }) {
  const holder = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    setProblem(undefined);
    if (!holder.current) return;
    draw(job, holder.current).catch((error: unknown) => {
      if (error instanceof ProblemError) setProblem(error.problem);
      else {
        const message = "this browser cannot show the 3D view (it needs WebGL)";
        setProblem({ code: "webgl", message, exit_code: 1 });
        console.warn(error);
      }
    });
  }, [job]);
  return (
    <>
      <div class="iso-viewer" ref={holder} />
      {problem && <ProblemLine problem={problem} />}
    </>
  );
}

// A crystal with its tunnels in 3D, and beside it gaps, states and Tc.

import { useEffect, useState } from "preact/hooks";
import { writePlace } from "../../address.ts";
import { type Problem, post, send, useAnswer } from "../../api.ts";
import type * as crystals from "../../documents/crystals.ts";
import { told } from "../../job.ts";
import { ProblemLine } from "../../parts/common.tsx";
import { DftMissing, useDft } from "../../parts/dft.tsx";
import type { ViewProps } from "../../views.ts";
import { AnalysedJob } from "./job.tsx";

export default function CrystalView({ subject }: ViewProps) {
  return (
    <>
      <h1>{titleOf(subject)}</h1>
      <Choose subject={subject} />
      {subject.startsWith("job:") ? (
        <AnalysedJob id={subject.slice(4)} />
      ) : (
        subject && <Named name={subject} />
      )}
    </>
  );
}

function titleOf(subject: string): string {
  if (subject.startsWith("job:")) return "Crystal";
  if (subject.startsWith("row:")) return `Crystal of ${subject.slice(4).replace("/", ", row ")}`;
  return subject || "A crystal and its tunnels";
}

const ENGINE = "procrystal";

/** What to analyse: a named crystal, or "row:TABLE/ID", the crystal of a table's row. */
async function requestOf(name: string): Promise<object> {
  if (!name.startsWith("row:")) return { crystal: name, engine: ENGINE };
  const [table = "", ...row] = name.slice(4).split("/");
  const path = `datasets/${encodeURIComponent(table)}/crystals/${encodeURIComponent(row.join("/"))}`;
  return { upload: (await post<{ id: string }>(path, {})).id, engine: ENGINE };
}

/** A crystal is a job like any other; asked for twice, it is done once. */
function Named({ name }: { name: string }) {
  const [id, setId] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    setId(undefined);
    setProblem(undefined);
    let stale = false;
    const begin = async () => {
      const request = await requestOf(name);
      const job = await post<{ id: string }>("jobs", { kind: "analyze", request });
      if (!stale) setId(job.id);
    };
    begin().catch((error: unknown) => {
      if (!stale) told(setProblem)(error);
    });
    return () => {
      stale = true;
    };
  }, [name]);
  if (problem) return <ProblemLine problem={problem} />;
  return id ? <AnalysedJob id={id} /> : null;
}

function Choose({ subject }: { subject: string }) {
  const known = useAnswer<crystals.Crystals>("crystals");
  const [problem, setProblem] = useState<Problem>();
  const installed = useDft();
  const [dft, setDft] = useState(false);
  const engine = dft ? "gpaw" : "procrystal";
  const ask = (request: object) =>
    post<{ id: string }>("jobs", { kind: "analyze", request }).then((job) => {
      location.hash = writePlace("crystal", `job:${job.id}`);
    }, told(setProblem));
  const sent = async (file: File | undefined) => {
    if (!file) return;
    setProblem(undefined);
    try {
      await ask({ upload: (await send<{ id: string }>(file)).id, engine });
    } catch (error) {
      told(setProblem)(error);
    }
  };
  return (
    <div class="row">
      <label>
        Named crystal
        <select
          value={subject}
          onChange={(event) => {
            const crystal = event.currentTarget.value;
            if (dft) ask({ crystal, engine });
            else location.hash = writePlace("crystal", crystal);
          }}
        >
          <option value="">choose one</option>
          {known.value?.crystals.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        or a file of yours (CIF, POSCAR, CHGCAR, ELFCAR, cube, …)
        <input type="file" onChange={(event) => sent(event.currentTarget.files?.[0])} />
      </label>
      <label>
        Fields of a structure by
        <select value={engine} onChange={(event) => setDft(event.currentTarget.value === "gpaw")}>
          <option value="procrystal">superposed atoms, seconds</option>
          <option value="gpaw" disabled={installed === false}>
            {installed === false ? "GPAW (not installed)" : "GPAW (DFT), minutes"}
          </option>
        </select>
      </label>
      <DftMissing dft={installed} />
      {problem && <ProblemLine problem={problem} />}
    </div>
  );
}

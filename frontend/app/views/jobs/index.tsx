// Jobs: ask for one, watch it, cancel it, fetch what came out.

import { useEffect, useState } from "preact/hooks";
import { writePlace } from "../../address.ts";
import { get, type Problem, remove } from "../../api.ts";
import { type Job, told, waits } from "../../job.ts";
import { ProblemLine } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import { placeOfScan } from "../pressure/source.ts";
import { Ask } from "./ask.tsx";
import { Files } from "./files.tsx";
import { PairingFound } from "./pairing.tsx";

const PAUSE_MS = 1000;
const CHIPS = { queued: "", running: "doubt", done: "good", failed: "bad", cancelled: "" };

export default function Jobs({ subject }: ViewProps) {
  return subject ? <PairingFound job={subject} /> : <Every />;
}

function Every() {
  const [jobs, setJobs] = useState<Job[]>([]);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    let timer = 0;
    const look = () =>
      get<{ jobs: Job[] }>("jobs")
        .then((found) => {
          setJobs(found.jobs);
          setProblem(undefined);
        }, told(setProblem))
        .finally(() => {
          timer = window.setTimeout(look, PAUSE_MS);
        });
    look();
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <h1>Jobs</h1>
      <Ask />
      {problem && <ProblemLine problem={problem} />}
      <h2>Asked for</h2>
      {jobs.length === 0 && <p class="faint">Nothing yet.</p>}
      <ul class="cards" aria-live="polite">
        {jobs.map((job) => (
          <li key={job.id} class="panel">
            <JobShown job={job} onProblem={setProblem} />
          </li>
        ))}
      </ul>
    </>
  );
}

function JobShown({ job, onProblem }: { job: Job; onProblem: (problem: Problem) => void }) {
  return (
    <>
      <strong>{job.title}</strong> <span class="faint">{job.kind}</span>{" "}
      <span class={`chip ${CHIPS[job.state]}`}>{job.state}</span>
      {waits(job) && (
        <>
          <p>{job.message}</p>
          <progress aria-label={`${job.kind} of ${job.title}`} value={job.fraction ?? undefined} max={1} />
          <button type="button" onClick={() => remove(`jobs/${job.id}`).catch(told(onProblem))}>
            Cancel
          </button>
        </>
      )}
      {job.error && <ProblemLine problem={job.error} />}
      {job.state === "done" && (
        <p class="row">
          <a href={placeOf(job)}>Look at it</a>
          <Files job={job.id} kind={job.kind} title={job.title} />
        </p>
      )}
    </>
  );
}

/** The view that shows what came out. */
function placeOf({ id, kind }: Job): string {
  if (kind === "scan") return placeOfScan(id);
  return kind === "pairing" ? writePlace("jobs", id) : writePlace("crystal", `job:${id}`);
}

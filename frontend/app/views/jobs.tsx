// Jobs: ask for one, watch it, cancel it, fetch what came out.

import { useEffect, useState } from "preact/hooks";
import { writePlace } from "../address.ts";
import { get, type Problem, post, remove, send } from "../api.ts";
import { type Job, told, waits } from "../job.ts";
import { ProblemLine } from "../parts/common.tsx";
import { DftMissing, useDft } from "../parts/dft.tsx";

const PAUSE_MS = 1000;
const CHIPS = { queued: "", running: "doubt", done: "good", failed: "bad", cancelled: "" };

export default function Jobs() {
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
          {(job.kind === "analyze" || job.kind === "tunnels") && (
            <a href={writePlace("crystal", `job:${job.id}`)}>Look at it</a>
          )}
          <a href={`api/jobs/${job.id}/result`} download={`${job.title}-${job.kind}.json`}>
            Result as JSON
          </a>
        </p>
      )}
    </>
  );
}

function Ask() {
  const [crystal, setCrystal] = useState("");
  const [file, setFile] = useState<File>();
  const [engine, setEngine] = useState("auto");
  const dft = useDft();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const ask = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const input = file ? { upload: (await send<{ id: string }>(file)).id } : { crystal };
      await post("jobs", { kind: "analyze", request: { ...input, engine } });
    } catch (error) {
      told(setProblem)(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="panel row" onSubmit={ask}>
      <label>
        A crystal's name
        <input value={crystal} placeholder="H3S@200GPa" onInput={(e) => setCrystal(e.currentTarget.value)} />
      </label>
      <label>
        or a file of yours (CIF, POSCAR, CHGCAR, cube, …)
        <input type="file" onChange={(event) => setFile(event.currentTarget.files?.[0])} />
      </label>
      <label>
        Engine
        <select value={engine} onChange={(event) => setEngine(event.currentTarget.value)}>
          <option value="auto">automatic</option>
          <option value="procrystal">superposed atoms, no DFT</option>
          <option value="gpaw" disabled={dft === false}>
            GPAW{dft === false ? " (not installed)" : ""}
          </option>
        </select>
      </label>
      <button class="main" type="submit" disabled={busy || !(crystal || file)}>
        Analyze
      </button>
      <DftMissing dft={dft} />
      {problem && <ProblemLine problem={problem} />}
    </form>
  );
}

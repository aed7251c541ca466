// A job that analyses a crystal: how it goes, then what it found.

import { useEffect, useState } from "preact/hooks";
import { type Problem, remove } from "../../api.ts";
import { type Job, told, waits } from "../../job.ts";
import { ProblemLine } from "../../parts/common.tsx";
import { Found } from "./found.tsx";

/** A job as it goes, told by the server. */
function useJob(id: string): { job?: Job; problem?: Problem } {
  const [state, setState] = useState<{ job?: Job; problem?: Problem }>({});
  useEffect(() => {
    setState({});
    let over = false;
    const events = new EventSource(`api/jobs/${encodeURIComponent(id)}/events`);
    events.addEventListener("job", (event) => {
      const job: Job = JSON.parse(event.data);
      setState({ job });
      over = !waits(job);
    });
    events.onerror = () => {
      // The server ends the stream with the job; without this the browser would ask again.
      if (over) events.close();
      else if (events.readyState === EventSource.CLOSED) {
        setState({ problem: { code: "not-found", message: `there is no job ${id}`, exit_code: 2 } });
      }
    };
    return () => events.close();
  }, [id]);
  return state;
}

export function AnalysedJob({ id }: { id: string }) {
  const { job, problem } = useJob(id);
  const [refused, setRefused] = useState<Problem>();
  if (problem) return <ProblemLine problem={problem} />;
  if (!job) return null;
  if (job.error) return <ProblemLine problem={job.error} />;
  if (job.state === "cancelled") return <p>The job was cancelled.</p>;
  if (job.state === "done") return <Found job={job.id} kind={job.kind} />;
  const cancel = () => remove(`jobs/${id}`).catch(told(setRefused));
  return (
    <div class="panel" role="status">
      <p>
        {job.title}: {job.message}
      </p>
      <progress aria-label={job.title} value={job.fraction ?? undefined} max={1} />
      <button type="button" onClick={cancel}>
        Cancel
      </button>
      {refused && <ProblemLine problem={refused} />}
    </div>
  );
}

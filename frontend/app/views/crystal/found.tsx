// What an analysis found: the picture, and beside it thresholds, gaps, states and Tc.

import type { ComponentChildren } from "preact";
import { type Answer, useAnswer } from "../../api.ts";
import type * as analysis from "../../documents/analysis.ts";
import type * as tunnels from "../../documents/tunnels.ts";
import { Shown, Value } from "../../parts/common.tsx";
import { csvOf, save } from "../../parts/save.ts";
import { Gaps } from "./gaps.tsx";
import { Estimates, Measured } from "./measured.tsx";
import { Picture } from "./picture.tsx";

export function Found({ job, kind }: { job: string; kind: string }) {
  const answer = useAnswer<analysis.Analysis | tunnels.Tunnels>(`jobs/${job}/result`);
  return (
    <>
      <Picture job={job} />
      {kind === "analyze" && (
        <Shown answer={answer as Answer<analysis.Analysis>} what="reading the result">
          {(found) => <Numbers found={found} />}
        </Shown>
      )}
      <p class="row">
        <a href={`api/jobs/${job}/table`} download={`${kind}.csv`}>
          Table as CSV
        </a>
        <a href={`api/jobs/${job}/result`} download={`${kind}.json`}>
          Result as JSON
        </a>
        {kind === "analyze" && answer.value && (
          <button type="button" onClick={() => saveGaps(answer.value as analysis.Analysis)}>
            Gaps as CSV
          </button>
        )}
        {kind === "analyze" && (
          <a href={`api/jobs/${job}/report`} download={`${kind}.html`}>
            Report as one page for offline use
          </a>
        )}
      </p>
    </>
  );
}

/** One row per reading and dimension, as `to_pandas` gives them. */
function saveGaps(found: analysis.Analysis): void {
  const columns = ["reading", "engine", "dimensions", "gap", "error", "unit", "state", "cannot_say"];
  const rows = found.readings.flatMap((one) =>
    (["1", "2", "3"] as const).map((rank) => ({
      ...{ reading: one.reading, engine: one.engine, dimensions: rank, unit: one.unit },
      ...{ gap: one.gaps[rank], error: one.errors[rank], state: one.state?.text, cannot_say: one.cannot_say },
    })),
  );
  save(`${found.name}-gaps.csv`, csvOf(columns, rows), "text/csv");
}

function Numbers({ found }: { found: analysis.Analysis }) {
  return (
    <div class="columns">
      <section class="panel">
        <h2>
          {found.name}, {found.title}
        </h2>
        <dl>
          <Pair words="engine" value={found.engine} />
          <Pair
            words="pressure"
            value={<Value value={found.pressure_gpa ?? found.measured?.pressure_gpa} unit="GPa" />}
          />
          <Pair words="band gap" value={<Value value={found.band_gap_ev} unit="eV" />} />
          <Pair words="networking value phi" value={<Value value={found.phi} />} />
        </dl>
        {found.warnings.map((words) => (
          <p class="faint" key={words}>
            {words}
          </p>
        ))}
      </section>
      <Gaps readings={found.readings} />
      <Estimates found={found} />
      <Measured beside={found.measured} />
    </div>
  );
}

function Pair({ words, value }: { words: string; value: ComponentChildren }) {
  return (
    <div class="pair">
      <dt>{words}</dt>
      <dd>{value}</dd>
    </div>
  );
}

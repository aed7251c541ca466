// What an analysis found: the picture, and beside it thresholds, gaps, states and Tc.

import type { ComponentChildren } from "preact";
import { type Answer, useAnswer } from "../../api.ts";
import type * as analysis from "../../documents/analysis.ts";
import type * as tunnels from "../../documents/tunnels.ts";
import { Scrolls, Shown, Value } from "../../parts/common.tsx";
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
        <a href={`api/jobs/${job}/result`} download={`${kind}.json`}>
          Result as JSON
        </a>
        {kind === "analyze" && (
          <a href={`api/jobs/${job}/report`} download={`${kind}.html`}>
            Report as one page for offline use
          </a>
        )}
      </p>
    </>
  );
}

function Numbers({ found }: { found: analysis.Analysis }) {
  const current = found.tc_estimates.filter((one) => one.status === "current");
  return (
    <div class="columns">
      <section class="panel">
        <h2>
          {found.name}, {found.title}
        </h2>
        <dl>
          <Pair words="engine" value={found.engine} />
          <Pair words="pressure" value={<Value value={found.pressure_gpa} unit="GPa" />} />
          <Pair words="band gap" value={<Value value={found.band_gap_ev} unit="eV" />} />
          <Pair words="networking value phi" value={<Value value={found.phi} />} />
        </dl>
        {found.warnings.map((words) => (
          <p class="faint" key={words}>
            {words}
          </p>
        ))}
      </section>
      <section class="panel">
        <h2>Lifting gaps and states</h2>
        <Scrolls of="Lifting gaps" kind="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">reading</th>
                <th scope="col" class="right">
                  1D
                </th>
                <th scope="col" class="right">
                  2D
                </th>
                <th scope="col" class="right">
                  3D
                </th>
                <th scope="col">state</th>
              </tr>
            </thead>
            <tbody>
              {found.readings.map((reading) => (
                <tr key={`${reading.reading}${reading.engine}`}>
                  <th scope="row">
                    {reading.title} {reading.unit === "1" ? "" : `(${reading.unit})`}
                  </th>
                  {(["1", "2", "3"] as const).map((rank) => (
                    <td class="right" key={rank}>
                      <Value value={reading.gaps[rank]} />
                    </td>
                  ))}
                  <td>{reading.state?.text ?? reading.cannot_say}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
      </section>
      {current.length > 0 && (
        <section class="panel">
          <h2>Tc by published formulas</h2>
          <ul>
            {current.map((one) => (
              <li key={one.id}>
                {one.id}: <Value value={one.tc_k} unit="K" /> {one.cannot_say ?? one.warnings.join("; ")}
              </li>
            ))}
          </ul>
        </section>
      )}
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

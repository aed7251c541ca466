// Lifting gaps and states by every reading; those that cannot say come last, with the reason.

import type * as analysis from "../../documents/analysis.ts";
import { Scrolls, Value } from "../../parts/common.tsx";

const RANKS = ["1", "2", "3"] as const;

export function Gaps({ readings }: { readings: analysis.Reading[] }) {
  const answered = readings.filter((one) => one.cannot_say === null);
  const silent = readings.filter((one) => one.cannot_say !== null);
  return (
    <section class="panel broad">
      <h2>Lifting gaps and states</h2>
      {answered.length > 0 && (
        <Scrolls of="Lifting gaps" kind="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">reading</th>
                {RANKS.map((rank) => (
                  <th scope="col" class="right" key={rank}>
                    {rank}D
                  </th>
                ))}
                <th scope="col">unit</th>
                <th scope="col">state</th>
              </tr>
            </thead>
            <tbody>
              {answered.map((reading) => (
                <tr key={`${reading.reading}${reading.engine}`}>
                  <th scope="row" title={reading.title}>
                    {reading.reading}
                  </th>
                  {RANKS.map((rank) => (
                    <td class="right" key={rank}>
                      <Value value={reading.gaps[rank]} />
                    </td>
                  ))}
                  <td>{reading.unit === "1" ? "–" : reading.unit}</td>
                  <td>{reading.state?.text ?? "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
      )}
      <dl class="meanings">
        {answered.map((reading) => (
          <div key={reading.reading}>
            <dt>{reading.reading}</dt>
            <dd class="faint">{reading.title}</dd>
          </div>
        ))}
      </dl>
      {silent.length > 0 && <h3>Readings that cannot say</h3>}
      <dl class="meanings">
        {silent.map((reading) => (
          <div key={reading.reading}>
            <dt title={reading.title}>{reading.reading}</dt>
            <dd class="faint">{reading.cannot_say}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

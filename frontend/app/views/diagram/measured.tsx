// What was measured, with what the theories have there.

import type * as diagram from "../../documents/diagram.ts";

export function Measured({ found }: { found: diagram.Diagram }) {
  if (found.measured.length === 0) return <p>Nothing measured is tabulated for this substance.</p>;
  return (
    <section>
      <h2>Measured</h2>
      <ul class="claims">
        {found.measured.map((point) => (
          <li key={point.row}>
            <span>
              <strong>{point.label}</strong>{" "}
              <span class="faint">
                {point.url ? <a href={point.url}>{point.source}</a> : point.source} (grade {point.grade})
              </span>
              {point.note && <span class="faint"> {point.note}</span>}
              <ul>
                {Object.entries(point.theories_say).map(([theory, words]) => (
                  <li key={theory}>
                    {theory}: {words}
                  </li>
                ))}
              </ul>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

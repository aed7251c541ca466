// What every theory has under the cursor.

import type * as diagram from "../../documents/diagram.ts";
import { shown } from "../../parts/common.tsx";
import type { Point } from "./plane.tsx";
import { STATE_WORDS, saidAt, stateName } from "./states.ts";

export function Readout({ found, cursor }: { found: diagram.Diagram; cursor: Point | undefined }) {
  if (!cursor)
    return <p class="faint">Point at a place, or use the arrow keys; a click asks every theory why.</p>;
  const { pressure, temperature } = cursor;
  return (
    <div class="panel" role="status">
      <strong>
        {shown(pressure, 3)} GPa, {shown(temperature, 3)} K
      </strong>
      <ul>
        {found.panels.map((panel) => {
          const said = saidAt(panel, pressure, temperature);
          const name = stateName(said.state);
          return (
            <li key={panel.theory}>
              <span class={`swatch ${name}`} aria-hidden="true" /> {panel.title}:{" "}
              <strong>{STATE_WORDS[name]}</strong>
              {said.extrapolated && " (beyond what it is known for)"}, {said.reason}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

// One panel per theory, with one cursor for all: moved by pointer or arrow keys, read out beside.

import { useMemo, useState } from "preact/hooks";
import { readPlace } from "../../address.ts";
import type * as diagram from "../../documents/diagram.ts";
import { Legend } from "./legend.tsx";
import { PlanePanel, type Point } from "./plane.tsx";
import { Readout } from "./readout.tsx";
import { disagreements, spans } from "./states.ts";

/** The point that was asked about, as the address has it. */
function pointOf(query: URLSearchParams): Point | undefined {
  const [pressure, temperature] = [Number(query.get("p") || "x"), Number(query.get("t") || "x")];
  return Number.isFinite(pressure) && Number.isFinite(temperature) ? { pressure, temperature } : undefined;
}

export function Panels({ found, over }: { found: diagram.Diagram; over: boolean }) {
  const [cursor, setCursor] = useState(() => pointOf(readPlace(location.hash).query));
  const axes = useMemo(() => ({ p: found.pressure_gpa, t: found.temperature_k }), [found]);
  const [first, second] = found.panels;
  const panels = useMemo(() => {
    if (over && first && second) {
      return [{ panel: first, spans: spans(first, axes), disputed: disagreements(first, second, axes) }];
    }
    return found.panels.map((panel) => ({ panel, spans: spans(panel, axes), disputed: [] }));
  }, [found, over, axes, first, second]);
  return (
    <>
      <Legend disputed={over} />
      {over && !second && <p class="problem">Choose a second theory to compare with.</p>}
      <div class="columns panels">
        {panels.map((one) => (
          <PlanePanel
            key={one.panel.theory}
            title={over && second ? `${one.panel.title} against ${second.title}` : one.panel.title}
            found={found}
            spans={one.spans}
            disputed={one.disputed}
            cursor={cursor}
            onCursor={setCursor}
          />
        ))}
      </div>
      <Readout found={found} cursor={cursor} />
    </>
  );
}

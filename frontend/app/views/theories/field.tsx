// Hc(T) by every law, fitted to every other measured point and judged on those between.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { useSetting } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import { Shown, shown } from "../../parts/common.tsx";
import { Chart } from "../../parts/plot.tsx";
import type { FieldShown } from "./types.ts";

export function CriticalField() {
  const [element, setElement] = useSetting("element", "Sn");
  const answer = useAnswer<FieldShown[]>(`theories/field/${encodeURIComponent(element)}`);
  return (
    <>
      <form class="row" onSubmit={(event) => event.preventDefault()}>
        <label>
          Element
          <input value={element} onChange={(event) => setElement(event.currentTarget.value)} />
        </label>
      </form>
      <Shown answer={answer} what="fitting the laws">
        {(curves) => (
          <>
            {curves.length === 0 && (
              <p>No field of {element} against temperature is measured in the tables.</p>
            )}
            {curves.map((one) => (
              <OneCurve key={one.method} element={element} curve={one} />
            ))}
          </>
        )}
      </Shown>
    </>
  );
}

function OneCurve({ element, curve }: { element: string; curve: FieldShown }) {
  const options = useCallback((): Plot.PlotOptions => {
    const lines = curve.laws.flatMap((law) =>
      law.temperature_k.map((t, k) => ({ t, field: law.field_mt[k], law: law.name })),
    );
    const dots = curve.temperature_k.map((t, k) => ({ t, field: curve.field_mt[k] }));
    return {
      height: 360,
      marginLeft: 56,
      marginBottom: 46,
      x: { label: "temperature (K)", labelOffset: 40, grid: true },
      y: { label: "critical field (mT)", grid: true },
      color: { legend: true },
      marks: [
        Plot.line(lines, { x: "t", y: "field", stroke: "law", strokeWidth: 2 }),
        Plot.dot(dots, { x: "t", y: "field", fill: "var(--ink)", r: 3.5, tip: true }),
      ],
    };
  }, [curve]);
  return (
    <figure>
      <figcaption>{curve.method}</figcaption>
      <Chart title={`Critical field of ${element} over temperature, ${curve.method}`} options={options} />
      <ul>
        {curve.laws.map((law) => (
          <li key={law.name}>
            {law.name}: {shown(law.held_out_mt, 2)} mT off at the points not fitted
          </li>
        ))}
      </ul>
      <p class="faint">{curve.sources.join("; ")}</p>
    </figure>
  );
}

// Tc(P) of a substance by every theory of the usual diagram, over measured points.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { useSetting } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as diagram from "../../documents/diagram.ts";
import { Choose } from "../../parts/choose.tsx";
import { Shown } from "../../parts/common.tsx";
import { Chart } from "../../parts/plot.tsx";

export function TcOfPressure() {
  const choices = useAnswer<{ substances: { name: string }[] }>("diagrams");
  const [name, setName] = useSetting("substance", "Pb");
  const answer = useAnswer<diagram.Diagram>(`diagrams/${encodeURIComponent(name)}?`);
  return (
    <>
      <div class="row">
        <Choose
          label="Substance"
          value={name}
          set={setName}
          values={choices.value?.substances.map((one) => one.name) ?? [name]}
        />
      </div>
      <Shown answer={answer} what="asking the theories; some seconds the first time">
        {(found) => <Curves found={found} />}
      </Shown>
    </>
  );
}

/** A scale that is linear near zero and logarithmic beyond has no ticks of its own there. */
const TICKS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

function Curves({ found }: { found: diagram.Diagram }) {
  const options = useCallback((): Plot.PlotOptions => {
    const curves = found.panels.flatMap((panel) =>
      panel.columns
        .filter((isobar) => isobar.tc_k.value !== null)
        .map((isobar) => ({ p: isobar.pressure_gpa, tc: isobar.tc_k.value, theory: panel.title })),
    );
    const measured = found.measured.filter((one) => one.kind.startsWith("tc") && one.temperature_k !== null);
    const highest = Math.max(1, ...curves.map((one) => one.tc ?? 0));
    return {
      height: 380,
      marginLeft: 60,
      marginBottom: 46,
      x: { label: "pressure (GPa)", labelOffset: 40, grid: true },
      y: { label: "Tc (K)", type: "symlog", grid: true, ticks: TICKS.filter((tick) => tick <= highest) },
      color: { legend: true },
      marks: [
        Plot.line(curves, { x: "p", y: "tc", stroke: "theory", strokeWidth: 2 }),
        Plot.dot(measured, {
          x: "pressure_gpa",
          y: "temperature_k",
          fill: "var(--ink)",
          r: 4,
          channels: { what: "label", source: "source" },
          tip: true,
        }),
      ],
    };
  }, [found]);
  const silent = found.panels.filter((panel) => panel.columns.every((isobar) => isobar.tc_k.value === null));
  return (
    <figure>
      <Chart title={`Tc of ${found.name} over pressure by each theory`} options={options} />
      {silent.map((panel) => (
        <p class="faint" key={panel.theory}>
          {panel.title} gives no Tc: {panel.columns[0]?.tc_k.cannot_say}
        </p>
      ))}
    </figure>
  );
}

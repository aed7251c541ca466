// One quantity of all readings along a scan, with the slider's place.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { Chart } from "../../parts/plot.tsx";
import { unitText } from "../../parts/units.ts";
import type { Curve } from "./events.ts";
import type { Axis } from "./source.ts";

interface CurvesProps {
  title: string;
  curves: Curve[];
  axis: Axis;
  at: number;
  zero?: boolean;
}

export function Curves({ title, curves, axis, at, zero = false }: CurvesProps) {
  const units = [...new Set(curves.map((curve) => curve.column.unit))];
  return (
    <>
      {units.map((unit) => (
        <OneUnit
          key={unit}
          title={title}
          unit={unit}
          axis={axis}
          at={at}
          zero={zero}
          curves={curves.filter((curve) => curve.column.unit === unit)}
        />
      ))}
    </>
  );
}

function OneUnit({ title, unit, curves, axis, at, zero }: CurvesProps & { unit: string }) {
  const options = useCallback((): Plot.PlotOptions => {
    const points = curves.flatMap(({ label, points }) => points.map((point) => ({ ...point, of: label })));
    return {
      height: 260,
      marginLeft: 56,
      marginBottom: 46,
      x: { label: `${axis.label[0]!.toLowerCase()}${axis.label.slice(1)}`, labelOffset: 40, grid: true },
      y: { label: unit === "1" ? title : `${title} (${unitText(unit)})`, grid: true, nice: true },
      color: { legend: true },
      marks: [
        ...(zero ? [Plot.ruleY([0], { stroke: "var(--ink)" })] : []),
        Plot.ruleX([at], { stroke: "var(--faint)", strokeDasharray: "3 3" }),
        Plot.lineY(points, { x: "at", y: "value", stroke: "of" }),
        Plot.dot(points, { x: "at", y: "value", fill: "of", r: 3, tip: true }),
      ],
    };
  }, [curves, axis, at, zero, title, unit]);
  return (
    <figure>
      <Chart title={`${title} against ${axis.words}`} options={options} />
    </figure>
  );
}

// Any two columns against each other; a point names its row and opens it.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { useSetting } from "../../address.ts";
import { Choose } from "../../parts/choose.tsx";
import { Chart } from "../../parts/plot.tsx";
import { type Column, headOf, type Row } from "./rows.ts";

export function Scatter({ columns, rows }: { columns: Column[]; rows: Row[] }) {
  const names = columns.map((column) => column.name);
  const [x, setX] = useSetting("x", "phi");
  const [y, setY] = useSetting("y", "tc_predicted_k");
  const head = useCallback(
    (name: string) => {
      const column = columns.find((one) => one.name === name);
      return column ? headOf(column) : name;
    },
    [columns],
  );
  const options = useCallback(
    (): Plot.PlotOptions => ({
      height: 340,
      marginLeft: 60,
      marginBottom: 46,
      x: { label: head(x), labelOffset: 40, grid: true },
      y: { label: head(y), grid: true },
      marks: [
        Plot.dot(
          rows.filter((row) => typeof row[x] === "number" && typeof row[y] === "number"),
          { x, y, fill: "var(--accent)", r: 4, channels: { row: "id", compound: "compound" }, tip: true },
        ),
      ],
    }),
    [rows, x, y, head],
  );
  return (
    <figure>
      <div class="row">
        <Choose label="Across" value={x} set={setX} values={names} />
        <Choose label="Up" value={y} set={setY} values={names} />
      </div>
      <Chart title={`${head(y)} against ${head(x)}`} options={options} />
    </figure>
  );
}

// Any two columns against each other; a point names its row and leads to its crystal.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { useSetting } from "../../address.ts";
import { Choose } from "../../parts/choose.tsx";
import { Chart } from "../../parts/plot.tsx";
import { crystalPlace } from "./row.tsx";
import { type Column, headOf, type Row } from "./rows.ts";

interface ScatterProps {
  table: string;
  first: [string, string];
  columns: Column[];
  rows: Row[];
}

export function Scatter({ table, first, columns, rows }: ScatterProps) {
  const names = columns.map((column) => column.name);
  const [x, setX] = useSetting("x", first[0]);
  const [y, setY] = useSetting("y", first[1]);
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
      marginTop: 30,
      marginLeft: 60,
      marginBottom: 46,
      x: { label: head(x), labelOffset: 40, grid: true },
      y: { label: head(y), grid: true, nice: true },
      marks: [
        Plot.dot(
          rows.filter((row) => typeof row[x] === "number" && typeof row[y] === "number"),
          {
            ...{ x, y, fill: "var(--accent)", r: 4, tip: true },
            channels: { row: "id", crystal: (row: Row) => row.compound ?? row.formula },
            href: (row: Row) => crystalPlace(table, row),
          },
        ),
      ],
    }),
    [table, rows, x, y, head],
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

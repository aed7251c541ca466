// The hydride table: sorted, filtered, any two columns against each other, a row opened.

import { useMemo } from "preact/hooks";
import { useSetting } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as hydrides from "../../documents/hydrides.ts";
import { Shown } from "../../parts/common.tsx";
import { csvOf, save } from "../../parts/save.ts";
import { Grid } from "./grid.tsx";
import { OneRow } from "./row.tsx";
import { type Column, filtered, numeric, type Row } from "./rows.ts";
import { Scatter } from "./scatter.tsx";

const SHOWN = [
  "id",
  "compound",
  "pressure_gpa",
  "phi",
  "phi_star",
  "h_fraction",
  "h_dos",
  "tc_predicted_k",
  "tc_measured_k",
];

export default function TableView() {
  const answer = useAnswer<hydrides.Hydrides>("hydrides");
  return (
    <>
      <h1>Hydrides: networking values and Tc</h1>
      <Shown answer={answer} what="reading the table">
        {(found) => <Whole columns={found.columns} rows={found.rows as Row[]} />}
      </Shown>
    </>
  );
}

function Whole({ columns, rows }: { columns: Column[]; rows: Row[] }) {
  const [words, setWords] = useSetting("find");
  const [chosen] = useSetting("row");
  const shown = useMemo(() => filtered(rows, words), [rows, words]);
  const visible = columns.filter((column) => SHOWN.includes(column.name));
  const row = rows.find((one) => chosen && (one.id === chosen || String(one.id).endsWith(`:${chosen}`)));
  const download = () => {
    const names = columns.map((column) => column.name);
    save("hydrides.csv", csvOf(names, shown), "text/csv");
  };
  return (
    <>
      <div class="row">
        <label>
          Words, or a condition such as phi {">"} 0.5
          <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>
        <button type="button" onClick={download}>
          Save as CSV
        </button>
        <p role="status" class="faint">
          {shown.length} of {rows.length} rows
        </p>
      </div>
      <div class="columns">
        <Scatter columns={columns.filter((column) => numeric(column, rows))} rows={shown} />
        {row && <OneRow columns={columns} row={row} />}
      </div>
      <Grid columns={visible} rows={shown} />
    </>
  );
}

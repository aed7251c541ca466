// The hydrides or a screened dataset: sorted, filtered, any two columns as a scatter, a row opened.

import { useMemo } from "preact/hooks";
import { useSetting, writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as hydrides from "../../documents/hydrides.ts";
import { Choose } from "../../parts/choose.tsx";
import { Shown } from "../../parts/common.tsx";
import { csvOf, save } from "../../parts/save.ts";
import type { ViewProps } from "../../views.ts";
import { Grid } from "./grid.tsx";
import { OneRow } from "./row.tsx";
import { type Column, filtered, numeric, type Row } from "./rows.ts";
import { Scatter } from "./scatter.tsx";

const HYDRIDES = "hydrides";

interface Table {
  total?: number;
  columns: Column[];
  rows: Row[];
}

/** Columns that are shown first, and the two of the scatter. */
const SHOWN: Record<string, string[]> = {
  [HYDRIDES]: [
    "id",
    "compound",
    "pressure_gpa",
    "phi",
    "phi_star",
    "h_fraction",
    "h_dos",
    "tc_predicted_k",
    "tc_measured_k",
  ],
  other: [
    "id",
    "formula",
    "source",
    "space_group",
    "n_atoms",
    "volume_per_atom_angstrom3",
    "rank",
    "gap_atomic_3d_ev",
    "gap_density_3d",
    "phi",
    "status",
  ],
};
const AXES: Record<string, [string, string]> = {
  [HYDRIDES]: ["phi", "tc_predicted_k"],
  other: ["packing_covalent", "gap_atomic_3d_ev"],
};

export default function TableView({ subject }: ViewProps) {
  const name = subject || HYDRIDES;
  const names = useAnswer<string[]>("datasets");
  const path = name === HYDRIDES ? HYDRIDES : `datasets/${encodeURIComponent(name)}`;
  const answer = useAnswer<Table | hydrides.Hydrides>(path);
  return (
    <>
      <h1>{name === HYDRIDES ? "Hydrides: networking values and Tc" : `Screened crystals: ${name}`}</h1>
      <div class="row">
        <Choose
          label="Table"
          value={name}
          set={(next) => {
            location.hash = writePlace("table", next === HYDRIDES ? "" : next);
          }}
          values={[...new Set([HYDRIDES, ...(names.value ?? []), name])]}
        />
        {names.value?.length === 0 && (
          <p class="faint">
            <code>isotunnel serve --dataset FOLDER</code> adds what <code>isotunnel screen</code> made.
          </p>
        )}
      </div>
      <Shown answer={answer} what="reading the table">
        {(found) => <Whole key={name} name={name} table={found as Table} />}
      </Shown>
    </>
  );
}

function Whole({ name, table: { total, columns, rows } }: { name: string; table: Table }) {
  const [words, setWords] = useSetting("find");
  const [chosen] = useSetting("row");
  const shown = useMemo(() => filtered(rows, words), [rows, words]);
  const first = SHOWN[name] ?? SHOWN.other ?? [];
  const visible = first.flatMap((one) => columns.filter((column) => column.name === one));
  const row = rows.find((one) => chosen && (one.id === chosen || String(one.id).endsWith(`:${chosen}`)));
  const download = () => {
    const names = columns.map((column) => column.name);
    save(`${name}.csv`, csvOf(names, shown), "text/csv");
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
          {total !== undefined && total > rows.length && ` (the dataset has ${total}: isotunnel query)`}
        </p>
      </div>
      <div class="columns">
        <Scatter
          table={name}
          first={AXES[name] ?? AXES.other ?? ["", ""]}
          columns={columns.filter((column) => numeric(column, rows))}
          rows={shown}
        />
        {row && <OneRow table={name} columns={columns} row={row} />}
      </div>
      <Grid columns={visible} rows={shown} />
    </>
  );
}

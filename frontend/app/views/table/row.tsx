// One row with everything known of it.

import { useSetting, writePlace } from "../../address.ts";
import { Scrolls } from "../../parts/common.tsx";
import { cellText } from "./grid.tsx";
import { type Column, headOf, type Row } from "./rows.ts";

/** The place in which the crystal of a row is drawn. */
export function crystalPlace(table: string, row: Row): string {
  return writePlace("crystal", `row:${table}/${row.id}`);
}

export function OneRow({ table, columns, row }: { table: string; columns: Column[]; row: Row }) {
  const [, setRow] = useSetting("row");
  const known = columns.filter((column) => row[column.name] !== null && row[column.name] !== "");
  return (
    <section class="panel" aria-label={`Row ${row.id}`}>
      <button type="button" onClick={() => setRow("")}>
        Close
      </button>
      <h2>{String(row.compound ?? row.formula ?? row.id)}</h2>
      <p>
        <a href={crystalPlace(table, row)}>Show its crystal</a>
      </p>
      <Scrolls of="Values of the row" kind="rows">
        <dl>
          {known.map((column) => (
            <div class="pair" key={column.name}>
              <dt title={column.meaning}>{headOf(column)}</dt>
              <dd>{cellText(row[column.name] ?? null)}</dd>
            </div>
          ))}
        </dl>
      </Scrolls>
    </section>
  );
}

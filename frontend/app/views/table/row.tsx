// One row with everything known of it.

import { useSetting } from "../../address.ts";
import { Scrolls } from "../../parts/common.tsx";
import { cellText } from "./grid.tsx";
import { type Column, headOf, type Row } from "./rows.ts";

export function OneRow({ columns, row }: { columns: Column[]; row: Row }) {
  const [, setRow] = useSetting("row");
  const known = columns.filter((column) => row[column.name] !== null && row[column.name] !== "");
  return (
    <section class="panel" aria-label={`Row ${row.id}`}>
      <button type="button" onClick={() => setRow("")}>
        Close
      </button>
      <h2>{String(row.compound ?? row.id)}</h2>
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

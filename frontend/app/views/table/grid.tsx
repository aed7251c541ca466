// The table itself: a click on a head sorts, a click on a row opens it.

import { readPlace, useSetting, writePlace } from "../../address.ts";
import { shown } from "../../parts/common.tsx";
import { type Cell, type Column, headOf, type Row, sorted } from "./rows.ts";

export function Grid({ columns, rows }: { columns: Column[]; rows: Row[] }) {
  const [by, setBy] = useSetting("sort", "id");
  const [way, setWay] = useSetting("way", "rising");
  const sort = (name: string) => {
    if (by === name) setWay(way === "rising" ? "falling" : "rising");
    else setBy(name);
  };
  return (
    <section class="wide grid" aria-label="The table">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                scope="col"
                key={column.name}
                aria-sort={by === column.name ? (way === "rising" ? "ascending" : "descending") : "none"}
              >
                <button type="button" title={column.meaning} onClick={() => sort(column.name)}>
                  {headOf(column)}
                  <span aria-hidden="true">{by === column.name ? (way === "rising" ? " ▲" : " ▼") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, by, way === "falling").map((row) => (
            <tr key={String(row.id)}>
              {columns.map((column) => (
                <td key={column.name} class={typeof row[column.name] === "number" ? "right" : ""}>
                  {column.name === "id" ? <Open row={row} /> : cellText(row[column.name] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Digests tell rows apart by their first digits. */
const LONG = /^([0-9a-f]{6})[0-9a-f]{10,}$/;

function Open({ row }: { row: Row }) {
  const { subject, query } = readPlace(location.hash);
  query.set("row", String(row.id));
  return <a href={writePlace("table", subject, query)}>{String(row.id).replace(LONG, "$1…")}</a>;
}

export function cellText(value: Cell): string {
  if (value === null || value === "") return "–";
  if (typeof value === "number") return shown(value, 5);
  return Array.isArray(value) ? value.join("; ") : value;
}

// Made from isotunnel/schemas/data.py by scripts/make_frontend_types.py.

export interface Data {
  /** `isotunnel.data/1` */
  schema: "isotunnel.data/1";
  /** list of table objects: all of them, or the one asked for */
  tables: Table[];
  /** list of column objects of the one table; empty without one */
  columns: TableColumn[];
  /** its rows: objects with the column names as keys; `null` where the source does not say */
  rows: (Record<string, string | boolean | number | null>)[];
}

export interface Table {
  /** of the table */
  name: string;
  /** what it holds */
  title: string;
  /** traps and limits */
  about: string;
  /** the column that `--material` looks at */
  subject: string;
  /** all its rows, shown or not (1) */
  count: number;
}

export interface TableColumn {
  /** key in `rows`; listed on the [page of the tables](data.md) */
  name: string;
  /** `text`, `choice`, `flag`, `integer`, `number` or `quantity` */
  kind: "text" | "choice" | "flag" | "integer" | "number" | "quantity";
  /** unit; `1` for a number without one, empty for text */
  unit: string;
  /** in words */
  meaning: string;
  /** the words a `choice` may be */
  choices: string[];
}

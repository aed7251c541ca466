// Made from isotunnel/schemas/cite.py by scripts/make_frontend_types.py.

export interface Cite {
  /** `isotunnel.cite/1` */
  schema: "isotunnel.cite/1";
  /** list of groups */
  groups: CiteGroup[];
}

export interface CiteGroup {
  /** what the references are needed for */
  purpose: string;
  /** list of reference objects, as above */
  references: Reference[];
}

export interface Reference {
  /** authors, journal, year */
  citation: string;
  /** digital object identifier */
  doi: string | null;
  /** where to read it */
  url: string | null;
}

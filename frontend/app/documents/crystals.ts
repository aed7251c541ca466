// Made from isotunnel/schemas/crystals.py by scripts/make_frontend_types.py.

export interface Crystals {
  /** `isotunnel.crystals/1` */
  schema: "isotunnel.crystals/1";
  /** list of named crystals */
  crystals: NamedCrystal[];
}

export interface NamedCrystal {
  /** unique name */
  name: string;
  /** other names it answers to */
  aliases: string[];
  /** what it is */
  title: string;
  /** short Hermann-Mauguin symbol */
  space_group: string;
  /** number of the space group (1) */
  number: number;
  /** a, b, c, α, β, γ of the conventional cell (Å, degrees) */
  cell: number[];
  /** list of sites */
  sites: Site[];
  /** that the cell belongs to; `null` where the source gives none (GPa) */
  pressure_gpa: number | null;
  /** `measured` or `calculated` */
  kind: "measured" | "calculated";
  /** reference of the cell */
  source: string;
  /** remarks */
  note: string;
  /** for `--tag` */
  tags: string[];
}

export interface Site {
  /** element */
  symbol: string;
  /** Wyckoff position, such as `4f` */
  wyckoff: string;
  /** fractional coordinates of one atom of the orbit (1) */
  position: number[];
}

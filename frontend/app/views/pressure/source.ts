// Where a scan comes from, an entry of the atlas or a job of the user, and what it goes over.

import { writePlace } from "../../address.ts";
import type * as scan from "../../documents/scan.ts";

const JOB = "job:";

export interface Source {
  /** Of the user's job; undefined for an entry of the atlas. */
  job: string | undefined;
  document: string;
  /** The path of a picture, without the place on the slider at its end. */
  picture: string;
}

export function sourceOf(subject: string): Source {
  if (subject.startsWith(JOB)) {
    const job = subject.slice(JOB.length);
    const path = `jobs/${encodeURIComponent(job)}`;
    return { job, document: `${path}/result`, picture: `${path}/picture?at=` };
  }
  const path = `atlas/${encodeURIComponent(subject)}`;
  return { job: undefined, document: path, picture: `${path}/picture?pressure_gpa=` };
}

export function placeOfScan(job: string): string {
  return writePlace("pressure", JOB + job);
}

/** What the slider moves along. */
export interface Axis {
  /** After "against", in small letters. */
  words: string;
  label: string;
  /** The place on the slider with its unit, as in "at 20 GPa". */
  at: (text: string) => string;
  title: (crystal: string) => string;
  cell: string;
  none: string;
  /** Whether a crystal is squeezed towards smaller numbers. */
  falls: boolean;
}

const PRESSURE: Axis = {
  words: "pressure",
  label: "Pressure (GPa)",
  at: (text) => `${text} GPa`,
  title: (crystal) => `${crystal} under pressure`,
  cell: "in the relaxed cell",
  none: "No gap opens or closes in this range.",
  falls: false,
};

const VOLUME: Axis = {
  words: "volume ratio",
  label: "Volume ratio V/V₀",
  at: (text) => `V/V₀ = ${text}`,
  title: (crystal) => `${crystal}, squeezed`,
  cell: "in the given cell at this volume, its shape kept",
  none: "No gap opens or closes as it is squeezed through this range.",
  falls: true,
};

export function axisOf({ over }: scan.Scan): Axis {
  return over === "pressure_gpa" ? PRESSURE : VOLUME;
}

// A crystal under one slider, of pressure or of volume: gaps, thresholds, cell and Tc moving together.

import { useMemo } from "preact/hooks";
import { useSetting, writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as scan from "../../documents/scan.ts";
import type { Job } from "../../job.ts";
import { Scrolls, Shown, Value } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import { Measured } from "../crystal/measured.tsx";
import { Curves } from "./curves.tsx";
import { coupling, crossings, curves, networking, numberAt, pairedTc, valueAt } from "./events.ts";
import { Kept } from "./kept.tsx";
import { Picture } from "./picture.tsx";
import { nearest } from "./pictures.ts";
import { PressureSlider } from "./slider.tsx";
import { axisOf, type Source, sourceOf } from "./source.ts";

const STRUCTURE: [column: string, words: string, unit: string][] = [
  ["volume_per_atom_angstrom3", "volume per atom", "Å³"],
  ["a_angstrom", "a of the primitive cell", "Å"],
  ["b_angstrom", "b of the primitive cell", "Å"],
  ["c_angstrom", "c of the primitive cell", "Å"],
];

const USUAL = "H3S@200GPa";

const QUANTITIES: Partial<Record<scan.ScanColumn["quantity"], string>> = {
  tc: "Tc",
  pairing: "rigid muffin tins,",
};

export default function PressureView({ subject }: ViewProps) {
  const name = subject || USUAL;
  const source = useMemo(() => sourceOf(name), [name]);
  const answer = useAnswer<scan.Scan>(source.document);
  const found = answer.value;
  return (
    <>
      <h1>{found ? axisOf(found).title(found.title) : source.job ? "A scan" : `${name} under pressure`}</h1>
      <Selection name={name} found={found} />
      <Shown answer={answer} what="reading the scan">
        {(found) => (
          <>
            <Whole found={found} source={source} />
            {source.job && <Kept found={found} job={source.job} />}
          </>
        )}
      </Shown>
    </>
  );
}

function Selection({ name, found }: { name: string; found: scan.Scan | undefined }) {
  const names = useAnswer<string[]>("atlas").value ?? [];
  const jobs = useAnswer<{ jobs: Job[] }>("jobs").value?.jobs ?? [];
  const own: [subject: string, words: string][] = jobs
    .filter((job) => job.kind === "scan" && job.state === "done")
    .map((job) => [`job:${job.id}`, `${job.title}, ${spanOf(job)}`]);
  if (![...names, ...own.map(([subject]) => subject)].includes(name))
    own.push([name, found?.name ?? name.slice(0, 20)]);
  return (
    <div class="row top-row">
      <label>
        Crystal
        <select
          value={name}
          onChange={(event) => {
            location.hash = writePlace("pressure", event.currentTarget.value);
          }}
        >
          {own.length > 0 && (
            <optgroup label="Asked for">
              {own.map(([subject, words]) => (
                <option key={subject} value={subject}>
                  {words}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="The atlas, computed beforehand">
            {names.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
    </div>
  );
}

function spanOf({ request }: Job): string {
  const pressures = request.pressures_gpa ?? [];
  const values = pressures.length > 0 ? pressures : (request.volume_ratios ?? []);
  const ends = [...new Set([Math.min(...values), Math.max(...values)])].join(" to ");
  return pressures.length > 0 ? `${ends} GPa` : `V/V₀ ${ends}`;
}

function Whole({ found, source }: { found: scan.Scan; source: Source }) {
  const axis = axisOf(found);
  const gaps = useMemo(() => curves(found, "gap"), [found]);
  const thresholds = useMemo(() => curves(found, "threshold"), [found]);
  const tc = useMemo(() => curves(found, "tc"), [found]);
  const events = useMemo(() => crossings(gaps, axis.falls), [gaps, axis]);
  const phi = useMemo(() => networking(found), [found]);
  const lambda = useMemo(() => coupling(found), [found]);
  const paired = useMemo(() => pairedTc(found), [found]);
  const done = useMemo(() => found.points.filter((one) => one.crystal).map((one) => one.asked), [found]);
  const asked = found.points.map((point) => point.asked);
  const ends: [number, number] = [Math.min(...asked), Math.max(...asked)];
  const [text, set] = useSetting("p", String(axis.falls ? ends[1] : ends[0]));
  const at = Math.min(ends[1], Math.max(ends[0], Number(text) || 0));
  if (done.length === 0) return <p>No point of this scan has a result.</p>;
  const shared = { axis, at };
  const computed = nearest(done, at);
  const beside = found.measured?.[asked.indexOf(computed)];
  return (
    <>
      <PressureSlider {...shared} ends={ends} events={events} set={(value) => set(String(value))} />
      <Picture {...shared} path={source.picture} places={done} />
      <div class="columns">
        <Curves {...shared} title="Gaps" curves={gaps} zero />
        <Curves {...shared} title="Thresholds" curves={thresholds} />
        {phi.length > 0 && <Curves {...shared} title="Networking value" curves={phi} />}
        {tc.length > 0 && <Curves {...shared} title="Tc by published formulas" curves={tc} />}
        {lambda.length > 0 && <Curves {...shared} title="Coupling by rigid muffin tins" curves={lambda} />}
        {paired.length > 0 && <Curves {...shared} title="Tc by rigid muffin tins" curves={paired} />}
      </div>
      <Scrolls of={`Values at this ${axis.words}`} kind="wide panel">
        <table>
          <caption>At {axis.at(at.toPrecision(4))}, by straight lines between the computed points</caption>
          <tbody>
            {STRUCTURE.map(([name, words, unit]) => (
              <tr key={name}>
                <th scope="row">{words}</th>
                <td class="right">
                  <Value value={numberAt(found, name, at)} unit={unit} />
                </td>
              </tr>
            ))}
            {[...gaps, ...phi, ...thresholds, ...tc, ...lambda, ...paired].map((curve) => (
              <tr key={curve.column.name}>
                <th scope="row">
                  {QUANTITIES[curve.column.quantity] ?? curve.column.quantity} {curve.label}
                </th>
                <td class="right">
                  <Value
                    value={valueAt(curve, at)}
                    unit={curve.column.unit === "1" ? "" : curve.column.unit}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
      {beside && <Measured beside={beside} at={axis.at(String(computed))} />}
      <p class="faint">
        {found.points.length} points by {found.engine}. {found.sources.join(" ")}
      </p>
    </>
  );
}

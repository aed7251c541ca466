// A crystal under one pressure slider: gaps, thresholds, volume and Tc moving together.

import { useMemo } from "preact/hooks";
import { useSetting, writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as scan from "../../documents/scan.ts";
import { Scrolls, Shown, Value } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import { Curves } from "./curves.tsx";
import { crossings, curves, networking, numberAt, valueAt } from "./events.ts";
import { Picture } from "./picture.tsx";
import { PressureSlider } from "./slider.tsx";

const STRUCTURE: [column: string, words: string, unit: string][] = [
  ["volume_per_atom_angstrom3", "volume per atom", "Å³"],
  ["a_angstrom", "a of the primitive cell", "Å"],
  ["b_angstrom", "b of the primitive cell", "Å"],
  ["c_angstrom", "c of the primitive cell", "Å"],
];

const USUAL = "H3S@200GPa";

export default function PressureView({ subject }: ViewProps) {
  const name = subject || USUAL;
  const names = useAnswer<string[]>("atlas");
  const answer = useAnswer<scan.Scan>(`atlas/${encodeURIComponent(name)}`);
  return (
    <>
      <h1>{answer.value ? `${answer.value.title} under pressure` : `${name} under pressure`}</h1>
      <div class="row">
        <label>
          Crystal
          <select
            value={name}
            onChange={(event) => {
              location.hash = writePlace("pressure", event.currentTarget.value);
            }}
          >
            {(names.value ?? [name]).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      <Shown answer={answer} what="reading the scan">
        {(found) => <Whole found={found} />}
      </Shown>
    </>
  );
}

function Whole({ found }: { found: scan.Scan }) {
  const gaps = useMemo(() => curves(found, "gap"), [found]);
  const thresholds = useMemo(() => curves(found, "threshold"), [found]);
  const tc = useMemo(() => curves(found, "tc"), [found]);
  const events = useMemo(() => crossings(gaps), [gaps]);
  const phi = useMemo(() => networking(found), [found]);
  const done = useMemo(() => found.points.filter((one) => one.crystal).map((one) => one.asked), [found]);
  const asked = found.points.map((point) => point.asked);
  const ends: [number, number] = [Math.min(...asked), Math.max(...asked)];
  const [text, set] = useSetting("p", String(ends[0]));
  const at = Math.min(ends[1], Math.max(ends[0], Number(text) || 0));
  return (
    <>
      <PressureSlider at={at} ends={ends} events={events} set={(value) => set(String(value))} />
      {found.over === "pressure_gpa" && <Picture name={found.name} pressures={done} at={at} />}
      <div class="columns">
        <Curves title="Gaps" curves={gaps} at={at} zero />
        <Curves title="Thresholds" curves={thresholds} at={at} />
        {phi.length > 0 && <Curves title="Networking value" curves={phi} at={at} />}
        {tc.length > 0 && <Curves title="Tc by published formulas" curves={tc} at={at} />}
      </div>
      <Scrolls of="Values at this pressure" kind="wide panel">
        <table>
          <caption>At {at.toPrecision(4)} GPa, by straight lines between the computed points</caption>
          <tbody>
            {STRUCTURE.map(([name, words, unit]) => (
              <tr key={name}>
                <th scope="row">{words}</th>
                <td class="right">
                  <Value value={numberAt(found, name, at)} unit={unit} />
                </td>
              </tr>
            ))}
            {[...gaps, ...phi, ...thresholds, ...tc].map((curve) => (
              <tr key={curve.column.name}>
                <th scope="row">
                  {curve.column.quantity === "tc" ? "Tc" : curve.column.quantity} {curve.label}
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
      <p class="faint">
        {found.points.length} points by {found.engine}. {found.sources.join(" ")}
      </p>
    </>
  );
}

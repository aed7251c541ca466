// A crystal under one pressure slider: gaps, thresholds, volume and Tc moving together.

import { useMemo } from "preact/hooks";
import { useSetting, writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as scan from "../../documents/scan.ts";
import { Scrolls, Shown, Value } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import { Curves } from "./curves.tsx";
import { crossings, curves, valueAt } from "./events.ts";
import { PressureSlider } from "./slider.tsx";

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
  const asked = found.points.map((point) => point.asked);
  const ends: [number, number] = [Math.min(...asked), Math.max(...asked)];
  const [text, set] = useSetting("p", String(ends[0]));
  const at = Math.min(ends[1], Math.max(ends[0], Number(text) || 0));
  return (
    <>
      <PressureSlider at={at} ends={ends} events={events} set={(value) => set(String(value))} />
      <div class="columns">
        <Curves title="Gaps" curves={gaps} at={at} zero />
        <Curves title="Thresholds" curves={thresholds} at={at} />
        {tc.length > 0 && <Curves title="Tc by published formulas" curves={tc} at={at} />}
      </div>
      <Scrolls of="Values at this pressure" kind="wide panel">
        <table>
          <caption>At {at.toPrecision(4)} GPa, by straight lines between the computed points</caption>
          <tbody>
            {[...gaps, ...thresholds, ...tc].map((curve) => (
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

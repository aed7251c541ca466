// The slider along a scan, with a typed value and a button per event.

import { shown } from "../../parts/common.tsx";
import type { Event } from "./events.ts";
import type { Axis } from "./source.ts";

interface SliderProps {
  axis: Axis;
  at: number;
  ends: [number, number];
  events: Event[];
  set: (value: number) => void;
}

const STEPS = 400;
const SNAP = 0.012;

export function PressureSlider({ axis, at, ends: [low, high], events, set }: SliderProps) {
  const span = high - low || 1;
  const slide = (value: number) => {
    const near = events.find((event) => Math.abs(event.at - value) < SNAP * span);
    set(near ? near.at : value);
  };
  return (
    <div class="panel">
      <div class="row">
        <label class="grow">
          {axis.label}
          <input
            type="range"
            min={low}
            max={high}
            step={span / STEPS}
            value={at}
            list="events"
            onInput={(event) => slide(event.currentTarget.valueAsNumber)}
          />
        </label>
        <label>
          typed
          <input
            type="number"
            min={low}
            max={high}
            step="any"
            value={Number(at.toPrecision(5))}
            onChange={(event) => set(event.currentTarget.valueAsNumber)}
          />
        </label>
      </div>
      <datalist id="events">
        {events.map((event) => (
          <option key={event.words} value={event.at} />
        ))}
      </datalist>
      <p class="row">
        {events.length === 0 && <span class="faint">{axis.none}</span>}
        {events.map((event) => (
          <button type="button" key={`${event.words}${event.at}`} onClick={() => set(event.at)}>
            {event.words} at {axis.at(shown(event.at, 3))}
          </button>
        ))}
      </p>
    </div>
  );
}

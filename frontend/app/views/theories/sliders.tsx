// A slider and a typed value per parameter of a law.

import { useRef } from "preact/hooks";
import type { LawParameter } from "./types.ts";

interface SlidersProps {
  parameters: LawParameter[];
  set: (values: number[]) => void;
}

const STEPS = 200;

export function Sliders({ parameters, set }: SlidersProps) {
  // The ends stay where the first values put them, so that a slider does not run away from the hand.
  const ends = useRef(parameters.map(endsOf));
  const change = (place: number, value: number) => {
    if (!Number.isFinite(value)) return;
    set(parameters.map((one, k) => (k === place ? value : one.value)));
  };
  return (
    <>
      {parameters.map((one, place) => {
        const [low, high] = ends.current[place] ?? endsOf(one);
        const unit = one.unit === "1" ? "" : ` (${one.unit})`;
        return (
          <div class="row" key={one.name}>
            <label class="grow">
              {one.name}
              {unit}
              <input
                type="range"
                min={low}
                max={high}
                step={(high - low) / STEPS}
                value={one.value}
                onInput={(event) => change(place, event.currentTarget.valueAsNumber)}
              />
            </label>
            <label>
              <span class="unseen">{one.name}, typed</span>
              <input
                type="number"
                step="any"
                value={Number(one.value.toPrecision(5))}
                onChange={(event) => change(place, event.currentTarget.valueAsNumber)}
              />
            </label>
          </div>
        );
      })}
    </>
  );
}

function endsOf({ value, lower, upper }: LawParameter): [number, number] {
  const reach = Math.max(Math.abs(value) * 2, 0.1);
  return [Math.max(lower ?? value - reach, value - reach), Math.min(upper ?? value + reach, value + reach)];
}

// One theory's plane as a drawing, with the lines of matter and what was measured.

import * as Plot from "@observablehq/plot";
import { useEffect, useRef, useState } from "preact/hooks";
import { writePlace } from "../../address.ts";
import type * as diagram from "../../documents/diagram.ts";
import { shown } from "../../parts/common.tsx";
import { useWidth } from "../../parts/width.ts";
import { type Span, stateName } from "./states.ts";

export interface Point {
  pressure: number;
  temperature: number;
}

interface PlaneProps {
  title: string;
  found: diagram.Diagram;
  spans: Span[];
  disputed: Span[];
  cursor: Point | undefined;
  onCursor: (point: Point) => void;
}

const COLOURS: Record<string, string> = {
  superconductor: "var(--superconductor)",
  metal: "var(--metal)",
  insulator: "var(--insulator)",
  none: "var(--unknown)",
};
const STEP = 0.02;

export function PlanePanel({ title, found, spans, disputed, cursor, onCursor }: PlaneProps) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const [scales, setScales] = useState<Scales>();
  useEffect(() => {
    const place = holder.current;
    if (!place || !width) return;
    const chart = draw(found, spans, disputed, width);
    chart.setAttribute("aria-hidden", "true");
    setScales(scalesOf(chart));
    place.replaceChildren(chart);
  }, [found, spans, disputed, width]);
  const at = cursor && scales?.place(cursor);
  const move = (event: PointerEvent) => {
    const box = holder.current?.getBoundingClientRect();
    if (box && scales) onCursor(scales.point(event.clientX - box.left, event.clientY - box.top));
  };
  const key = (event: KeyboardEvent) => {
    const next = moved(event.key, cursor, found);
    if (!next) return;
    event.preventDefault();
    onCursor(next);
  };
  return (
    <figure class="panel plane">
      <figcaption>{title}</figcaption>
      <div class="area">
        <div ref={holder} aria-hidden="true" />
        <button
          type="button"
          class="reach"
          aria-label={`${title}: pressure ${ends(found.pressure_gpa)} GPa, temperature ${ends(found.temperature_k)} K. Arrow keys move the cursor, Enter asks every theory there.`}
          onPointerMove={move}
          onClick={() => cursor && ask(found.name, cursor)}
          onKeyDown={key}
        />
        {at && <span class="cursor" style={{ left: `${at.x}px`, top: `${at.y}px` }} aria-hidden="true" />}
      </div>
    </figure>
  );
}

/** The point goes into the address; the reasoning follows it from there. */
function ask(name: string, { pressure, temperature }: Point) {
  const query = new URLSearchParams(location.hash.split("?")[1] ?? "");
  query.set("p", shown(pressure));
  query.set("t", shown(temperature));
  location.hash = writePlace("diagram", name, query);
}

function ends(axis: diagram.Axis) {
  return `${shown(axis.low, 2)} to ${shown(axis.high, 3)}`;
}

function draw(found: diagram.Diagram, spans: Span[], disputed: Span[], width: number) {
  const rect = { x1: "p1", x2: "p2", y1: "t1", y2: "t2" };
  const lines = found.phase_lines.flatMap((line) =>
    line.pressure_gpa.map((p, k) => ({ p, t: line.temperature_k[k], name: `${line.kind} ${line.name}` })),
  );
  const low = found.pressure_gpa.low;
  const inRange = (value: number, axis: diagram.Axis) => value >= axis.low && value <= axis.high;
  const points = found.measured
    .map((point) => ({ ...point, pressure_gpa: Math.max(low, point.pressure_gpa) }))
    .filter((point) => point.temperature_k !== null && inRange(point.temperature_k, found.temperature_k))
    .filter((point) => inRange(point.pressure_gpa, found.pressure_gpa));
  return Plot.plot({
    width,
    height: Math.max(260, Math.min(460, width * 0.75)),
    marginLeft: 58,
    marginBottom: 46,
    clip: true,
    style: { background: "transparent", fontSize: "13px" },
    x: { ...axisOf(found.pressure_gpa), label: "pressure (GPa)", labelOffset: 40 },
    y: { ...axisOf(found.temperature_k), label: "temperature (K)" },
    marks: [
      Plot.rect(spans, {
        ...rect,
        fill: (span: Span) => COLOURS[stateName(span.state)],
        fillOpacity: (span: Span) => (span.extrapolated ? 0.55 : 1),
        stroke: (span: Span) => COLOURS[stateName(span.state)],
        strokeWidth: 0.5,
        strokeOpacity: (span: Span) => (span.extrapolated ? 0.55 : 1),
      }),
      Plot.rect(disputed, { ...rect, fill: "var(--disputed)" }),
      Plot.line(lines, {
        x: "p",
        y: "t",
        z: "name",
        stroke: "var(--ink)",
        strokeDasharray: "5 3",
        clip: true,
      }),
      // Below the points: those at the edge lie on it.
      Plot.frame({ stroke: "var(--faint)" }),
      Plot.ruleX(points, {
        x: "pressure_gpa",
        y1: (one: diagram.MeasuredPoint) => (one.temperature_k ?? 0) - (one.temperature_error_k ?? 0),
        y2: (one: diagram.MeasuredPoint) => (one.temperature_k ?? 0) + (one.temperature_error_k ?? 0),
        stroke: "var(--ink)",
      }),
      Plot.dot(points, {
        x: "pressure_gpa",
        y: "temperature_k",
        r: 4,
        fill: "var(--paper)",
        stroke: "var(--ink)",
        strokeWidth: 1.5,
        // Points at the edge, as of room pressure, are whole.
        clip: false,
      }),
    ],
  });
}

function axisOf(axis: diagram.Axis) {
  return {
    type: axis.log ? ("log" as const) : ("linear" as const),
    domain: [axis.low, axis.high],
    ticks: 5,
    tickFormat: (value: number) => shown(value, 2),
  };
}

interface Scales {
  place: (point: Point) => { x: number; y: number };
  point: (x: number, y: number) => Point;
}

function scalesOf(chart: ReturnType<typeof Plot.plot>): Scales {
  const x = chart.scale("x");
  const y = chart.scale("y");
  const within = (value: number, [a, b]: readonly number[]) =>
    Math.min(Math.max(a as number, b as number), Math.max(Math.min(a as number, b as number), value));
  return {
    place: ({ pressure, temperature }) => ({ x: x?.apply(pressure), y: y?.apply(temperature) }),
    point: (left, top) => ({
      pressure: x?.invert?.(within(left, x.range as number[])),
      temperature: y?.invert?.(within(top, y.range as number[])),
    }),
  };
}

const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowDown: [0, -STEP],
  ArrowUp: [0, STEP],
};

function moved(key: string, cursor: Point | undefined, found: diagram.Diagram): Point | undefined {
  const move = MOVES[key];
  if (!move) return undefined;
  const from = cursor ?? {
    pressure: along(found.pressure_gpa, undefined, 0.5),
    temperature: along(found.temperature_k, undefined, 0.5),
  };
  return {
    pressure: along(found.pressure_gpa, from.pressure, move[0]),
    temperature: along(found.temperature_k, from.temperature, move[1]),
  };
}

/** A step on an axis, as a share of its drawn length; from its low end where there is no place yet. */
function along(axis: diagram.Axis, from: number | undefined, share: number): number {
  const to = axis.log ? Math.log : (value: number) => value;
  const back = axis.log ? Math.exp : (value: number) => value;
  const [low, high] = [to(axis.low), to(axis.high)];
  const next = (from === undefined ? low : to(from)) + share * (high - low);
  return back(Math.min(high, Math.max(low, next)));
}

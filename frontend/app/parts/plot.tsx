// A chart by Observable Plot that follows the width of its place.

import * as Plot from "@observablehq/plot";
import { useEffect, useRef, useState } from "preact/hooks";

interface ChartProps {
  /** What the chart shows, for who cannot see it. */
  title: string;
  options: (width: number) => Plot.PlotOptions;
}

const NARROWEST = 280;

export function Chart({ title, options }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const holder = place.current;
    if (!holder) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(NARROWEST, Math.floor(holder.clientWidth))));
    watch.observe(holder);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const holder = place.current;
    if (!holder || width === 0) return;
    const chart = Plot.plot({
      width,
      style: { background: "transparent", fontSize: "13px", overflow: "visible" },
      ...options(width),
    });
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", title);
    holder.replaceChildren(chart);
  }, [width, options, title]);
  return <div class="chart" ref={place} />;
}

/** The drawing as a file of its own, with its colours as they are now. */
export function svgText(holder: Element): string {
  const drawing = holder.querySelector("svg")?.cloneNode(true) as SVGElement | undefined;
  if (!drawing) return "";
  drawing.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  drawing.style.color = getComputedStyle(holder).color;
  return new XMLSerializer().serializeToString(drawing);
}

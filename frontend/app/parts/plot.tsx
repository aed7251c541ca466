// A chart by Observable Plot that follows the width of its place.

import * as Plot from "@observablehq/plot";
import { useEffect, useRef } from "preact/hooks";
import { saveDrawing } from "./drawing.ts";
import { useWidth } from "./width.ts";

interface ChartProps {
  /** What the chart shows, for who cannot see it. */
  title: string;
  options: (width: number) => Plot.PlotOptions;
}

const NARROWEST = 280;

export function Chart({ title, options }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useWidth(place);
  const width = shown && Math.max(NARROWEST, shown);
  useEffect(() => {
    const holder = place.current;
    if (!holder || width === 0) return;
    const chart = Plot.plot({
      width,
      style: { background: "transparent", fontSize: "13px", overflow: "visible" },
      ...options(width),
    });
    const links = chart.querySelectorAll("a");
    chart.setAttribute("role", links.length > 0 ? "group" : "img");
    chart.setAttribute("aria-label", title);
    // The title tells what is drawn; names of the drawing's groups are not allowed beside it.
    for (const group of chart.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
    // A picture is one thing to the keyboard; the table beside it leads to the same places.
    for (const link of links) {
      link.setAttribute("aria-hidden", "true");
      link.setAttribute("tabindex", "-1");
    }
    holder.replaceChildren(chart);
  }, [width, options, title]);
  const keep = (type: "svg" | "png") => place.current && saveDrawing(place.current, title, type);
  return (
    <>
      <div class="chart" ref={place} />
      <p class="keep">
        <button type="button" onClick={() => keep("svg")} aria-label={`Save as SVG: ${title}`}>
          SVG
        </button>
        <button type="button" onClick={() => keep("png")} aria-label={`Save as PNG: ${title}`}>
          PNG
        </button>
      </p>
    </>
  );
}

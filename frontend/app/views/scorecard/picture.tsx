// A claim's figure data as a chart: points over an abscissa, or intervals side by side.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import type * as scorecard from "../../documents/scorecard.ts";
import { Chart } from "../../parts/plot.tsx";

export function Picture({ picture, name }: { picture: scorecard.Picture; name: string }) {
  const options = useCallback(
    (width: number) => (picture.x_axis ? points(picture) : intervals(picture, width)),
    [picture],
  );
  if (picture.matrix.length > 0) return <Matrix picture={picture} />;
  if (picture.marks.length === 0) return null;
  return (
    <figure id={name}>
      <figcaption>{picture.title}</figcaption>
      <Chart title={picture.title} options={options} />
    </figure>
  );
}

function points(picture: scorecard.Picture): Plot.PlotOptions {
  const lines = picture.lines.flatMap((line) => line.points.map(([x, y]) => ({ x, y, series: line.label })));
  const { marks } = picture;
  return {
    marginBottom: 48,
    marginLeft: 56,
    x: { label: picture.x_axis, labelOffset: 42, type: picture.log_x ? "log" : "linear", grid: true },
    y: { label: picture.y_axis, type: picture.log_y ? "log" : "linear", grid: true },
    color: { legend: new Set(marks.map((mark) => mark.series)).size > 1 },
    marks: [
      Plot.line(lines, { x: "x", y: "y", stroke: "series", strokeDasharray: "4 3" }),
      ...level(picture),
      Plot.ruleX(marks, { x: "x", y1: "y_low", y2: "y_high", stroke: "series" }),
      Plot.dot(marks, { x: "x", y: "y", fill: "series", r: 4, channels: { what: "label" }, tip: true }),
    ],
  };
}

function intervals(picture: scorecard.Picture, width: number): Plot.PlotOptions {
  const { marks } = picture;
  const longest = Math.max(...marks.map((mark) => mark.label.length));
  const room = Math.min(width * 0.45, 44 + 8 * longest);
  return {
    height: Math.max(120, 70 + 20 * new Set(marks.map((mark) => mark.label)).size),
    marginLeft: room,
    marginBottom: 48,
    x: { label: picture.y_axis, labelOffset: 42, type: picture.log_y ? "log" : "linear", grid: true },
    y: { label: null, domain: [...new Set(marks.map((mark) => mark.label))] },
    color: { legend: new Set(marks.map((mark) => mark.series)).size > 1 },
    marks: [
      ...picture.lines
        .filter((line) => line.y !== null)
        .map((line) => Plot.ruleX([line.y], { strokeDasharray: "4 3" })),
      // A name too long for its place is whole in the tip.
      Plot.axisY({ label: null, lineWidth: (room - 24) / 13, textOverflow: "ellipsis" }),
      Plot.ruleY(marks, { y: "label", x1: "y_low", x2: "y_high", stroke: "series" }),
      Plot.dot(marks, { x: "y", y: "label", fill: "series", r: 4, tip: true }),
    ],
  };
}

function level(picture: scorecard.Picture) {
  return picture.lines
    .filter((line) => line.y !== null)
    .map((line) => Plot.ruleY([line.y], { strokeDasharray: "4 3", title: () => line.label }));
}

function Matrix({ picture }: { picture: scorecard.Picture }) {
  const [head = [], ...rows] = picture.matrix;
  return (
    <figure class="wide">
      <table>
        <caption>{picture.title}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th scope="col" key={cell}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join()}>
              {row.map((cell, place) => (
                <td key={`${head[place]}`}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

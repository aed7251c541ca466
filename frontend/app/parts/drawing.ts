// A chart as a file of its own: with its legend, and with colours instead of the page's names of them.

import { save } from "./save.ts";

const SPACE = "http://www.w3.org/2000/svg";
const LINE = 20;
const SHARPNESS = 2;

interface Drawing {
  text: string;
  width: number;
  height: number;
}

/** The chart as SVG; null where the place holds none. */
export function drawingOf(holder: Element): Drawing | null {
  const every = [...holder.querySelectorAll("svg")];
  const drawn = every.sort((one, other) => other.clientWidth - one.clientWidth)[0];
  if (!drawn) return null;
  const swatches = every.filter((one) => one !== drawn && one.parentElement?.textContent?.trim());
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const width = Number(copy.getAttribute("width")) || drawn.clientWidth;
  const height = Number(copy.getAttribute("height")) || drawn.clientHeight;
  const top = swatches.length * LINE;
  const whole = document.createElementNS(SPACE, "svg");
  whole.setAttribute("width", String(width));
  whole.setAttribute("height", String(height + top));
  const style = getComputedStyle(holder);
  whole.setAttribute("style", `color: ${style.color}; background: ${paper(holder)}; font: 13px sans-serif`);
  swatches.forEach((swatch, place) => {
    whole.append(legendLine(swatch, place));
  });
  copy.setAttribute("y", String(top));
  whole.append(copy);
  const text = new XMLSerializer().serializeToString(whole);
  const plain = text.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
  return { text: plain, width, height: height + top };
}

function legendLine(swatch: SVGSVGElement, place: number): SVGElement {
  const line = document.createElementNS(SPACE, "g");
  line.setAttribute("transform", `translate(4, ${place * LINE + 3})`);
  for (const part of swatch.childNodes) line.append(part.cloneNode(true));
  const fill = swatch.getAttribute("fill");
  if (fill) line.setAttribute("fill", fill);
  const words = document.createElementNS(SPACE, "text");
  words.setAttribute("x", "22");
  words.setAttribute("y", "12");
  words.setAttribute("fill", "currentColor");
  words.textContent = swatch.parentElement?.textContent?.trim() ?? "";
  line.append(words);
  return line;
}

function paper(holder: Element): string {
  return getComputedStyle(holder.ownerDocument.body).backgroundColor;
}

export async function saveDrawing(holder: Element, title: string, type: "svg" | "png"): Promise<void> {
  const drawing = drawingOf(holder);
  if (!drawing) return;
  const name = `${title.replace(/[^\p{L}\d]+/gu, "-")}.${type}`;
  if (type === "svg") save(name, drawing.text, "image/svg+xml");
  else save(name, await painted(drawing), "image/png");
}

async function painted({ text, width, height }: Drawing): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture could be made")))),
  );
}

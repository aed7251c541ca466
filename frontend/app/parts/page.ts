// The view as one HTML file that needs neither the server nor a network: what is seen, with its address.

import { save } from "./save.ts";

const XLINK = "http://www.w3.org/1999/xlink";
const STILL = "button, input, select, textarea, progress";

export function savePage(): void {
  const view = document.getElementById("main");
  if (!view) return;
  const title = document.title;
  save(`${title.replace(/[^\p{L}\d]+/gu, "-")}.html`, pageOf(view, title), "text/html");
}

export function pageOf(view: HTMLElement, title: string): string {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = document.documentElement.lang;
  const { theme } = document.documentElement.dataset;
  if (theme) page.documentElement.dataset.theme = theme;
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const policy = page.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const size = page.createElement("meta");
  size.name = "viewport";
  size.content = "width=device-width, initial-scale=1";
  const style = page.createElement("style");
  style.textContent = styles();
  page.head.prepend(charset, policy, size, style);
  const copy = stilled(view);
  const from = page.createElement("p");
  from.className = "faint";
  from.textContent = `Kept on ${new Date().toISOString().slice(0, 10)} from ${location.href}`;
  copy.append(from);
  page.body.append(copy);
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

function styles(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText))
    .join("\n");
}

/** A copy that nobody can press: choices keep what they were set to, pictures become data. */
function stilled(view: HTMLElement): HTMLElement {
  const copy = view.cloneNode(true) as HTMLElement;
  const shown = [...view.querySelectorAll<HTMLElement>(STILL)];
  [...copy.querySelectorAll<HTMLElement>(STILL)].forEach((part, place) => {
    const original = shown[place];
    if (part instanceof HTMLSelectElement && original instanceof HTMLSelectElement) {
      const words = document.createElement("output");
      words.textContent = original.selectedOptions[0]?.textContent ?? "";
      part.replaceWith(words);
      return;
    }
    if (part instanceof HTMLInputElement && original instanceof HTMLInputElement) {
      part.setAttribute("value", original.type === "file" ? "" : original.value);
      part.toggleAttribute("checked", original.checked);
    }
    part.setAttribute("disabled", "");
  });
  const canvases = [...view.querySelectorAll("canvas")];
  [...copy.querySelectorAll("canvas")].forEach((canvas, place) => {
    const image = document.createElement("img");
    image.alt = "picture of the view";
    image.src = canvases[place]?.toDataURL("image/png") ?? "";
    image.setAttribute("style", canvas.getAttribute("style") ?? "");
    canvas.replaceWith(image);
  });
  for (const link of copy.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    if (!/^https?:/.test(href)) link.removeAttribute("href");
  }
  // Points of charts that led into other views.
  for (const link of copy.querySelectorAll("svg a")) link.removeAttributeNS(XLINK, "href");
  for (const made of copy.querySelectorAll(".keep, script")) made.remove();
  return copy;
}

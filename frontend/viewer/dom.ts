// Elements in one line each.

type Attributes = Record<string, string | number | boolean | undefined>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

export function button(text: string, attributes: Attributes, pressed: () => void): HTMLButtonElement {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", pressed);
  return element;
}

export function checkbox(
  text: string,
  id: string,
  checked: boolean,
  changed: (on: boolean) => void,
): HTMLLabelElement {
  const box = make("input", { type: "checkbox", id, checked });
  box.addEventListener("change", () => changed(box.checked));
  return make("label", {}, box, ` ${text}`);
}

export function select(
  text: string,
  id: string,
  options: [value: string, text: string][],
  value: string,
  changed: (value: string) => void,
): HTMLLabelElement {
  const list = make(
    "select",
    { id },
    ...options.map(([v, t]) => make("option", { value: v, selected: v === value }, t)),
  );
  list.addEventListener("change", () => changed(list.value));
  return make("label", { class: "iso-choice" }, make("span", {}, text), list);
}

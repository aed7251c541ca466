// The panel beside the picture: reads and shows the state, never draws.

import type { Change, FieldDescription, Look, SceneDescription, State } from "./types.ts";

const RANK_WORDS = [
  "only isolated pockets",
  "wires: connected along one direction",
  "sheets: connected along two directions",
  "network: connected along all three directions",
];

const find = <T extends HTMLElement = HTMLInputElement>(id: string) => document.getElementById(id) as T;

export function bindControls(
  description: SceneDescription,
  state: State,
  changed: (change: Change) => void,
): void {
  const level = find("v-level");
  fillFields(description, state);
  find("v-field").addEventListener("change", () => {
    const chosen = description.fields.find((field) => field.id === find("v-field").value);
    if (chosen) changed({ field: chosen.id, level: chosen.start });
  });
  level.addEventListener("input", () => changed({ level: Number(level.value) }));
  const style = find("v-style");
  style.addEventListener("change", () => changed({ style: style.value as State["style"] }));
  const cells = find("v-cells");
  cells.addEventListener("change", () => changed({ cells: cells.checked ? 2 : 1 }));
  for (const name of ["pockets", "atoms", "marks"]) {
    const box = find(`v-${name}`);
    box.addEventListener("change", () => changed({ [name]: box.checked }));
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-look]")) {
    button.addEventListener("click", () => changed({ look: button.dataset.look as Look }));
  }
  find("v-jumps").addEventListener("click", (event) => {
    const to = (event.target as Element).closest("button")?.dataset.level;
    if (to !== undefined) changed({ level: Number(to) });
  });
}

function fillFields(description: SceneDescription, state: State) {
  const select = find<HTMLSelectElement>("v-field");
  for (const field of description.fields) {
    const option = new Option(field.name, field.id, false, field.id === state.field);
    select.add(option);
  }
}

export function showState(field: FieldDescription | undefined, state: State): void {
  find("v-field").value = state.field ?? "";
  find("v-style").value = state.style;
  find("v-cells").checked = state.cells === 2;
  if (!field) return;
  const slider = find("v-level");
  slider.max = String(field.levels.length - 1);
  slider.value = String(state.level);
  const level = field.levels[state.level];
  const relation = field.side === "below" ? "≤" : "≥";
  const text = `${field.short} ${relation} ${level.label}`;
  find("v-level-text").textContent = text;
  find("v-rank-text").textContent = RANK_WORDS[level.rank];
  find("v-rank-text").dataset.rank = String(level.rank);
  slider.setAttribute("aria-valuetext", `${text}, ${RANK_WORDS[level.rank]}`);
  showJumps(field, state);
}

function showJumps(field: FieldDescription, state: State) {
  const last = Math.max(1, field.levels.length - 1);
  const jumps = find("v-jumps");
  jumps.replaceChildren();
  field.levels.forEach((level, number) => {
    if (!level.thresholds.length) return;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.level = String(number);
    button.textContent = level.thresholds.map((rank) => `${rank}D`).join(" ");
    button.title = `Threshold ${button.textContent}: ${level.label}`;
    button.setAttribute("aria-pressed", String(number === state.level));
    button.style.left = `${(100 * number) / last}%`;
    jumps.append(button);
  });
  moveApart([...jumps.children] as HTMLElement[], jumps.getBoundingClientRect().right + 20);
}

// Thresholds may lie one step apart, and their buttons on top of each other.
function moveApart(buttons: HTMLElement[], end: number) {
  const gap = 3;
  const boxes = buttons.map((button) => button.getBoundingClientRect());
  const shifts = boxes.map(() => 0);
  for (let i = 1; i < boxes.length; i += 1) {
    const free = boxes[i - 1].right + shifts[i - 1] + gap;
    shifts[i] = Math.max(0, free - boxes[i].left);
  }
  let limit = end;
  for (let i = boxes.length - 1; i >= 0; i -= 1) {
    shifts[i] = Math.min(shifts[i], limit - boxes[i].right);
    limit = boxes[i].left + shifts[i] - gap;
  }
  buttons.forEach((button, i) => {
    button.style.marginLeft = `${shifts[i].toFixed(1)}px`;
  });
}

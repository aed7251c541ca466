// The panel beside the picture: reads and shows the state, never draws.

const RANK_WORDS = [
  "only isolated pockets",
  "wires: connected along one direction",
  "sheets: connected along two directions",
  "network: connected along all three directions",
];

const find = (id) => document.getElementById(id);

export function bindControls(description, state, changed) {
  const level = find("v-level");
  fillFields(description, state);
  find("v-field").addEventListener("change", (event) => {
    const chosen = description.fields.find((field) => field.id === event.target.value);
    changed({ field: chosen.id, level: chosen.start });
  });
  level.addEventListener("input", () => changed({ level: Number(level.value) }));
  find("v-style").addEventListener("change", (event) => changed({ style: event.target.value }));
  find("v-cells").addEventListener("change", (event) => changed({ cells: event.target.checked ? 2 : 1 }));
  for (const name of ["pockets", "atoms", "marks"]) {
    find(`v-${name}`).addEventListener("change", (event) => changed({ [name]: event.target.checked }));
  }
  for (const button of document.querySelectorAll("[data-look]")) {
    button.addEventListener("click", () => changed({ look: button.dataset.look }));
  }
  find("v-jumps").addEventListener("click", (event) => {
    const to = event.target.closest("button")?.dataset.level;
    if (to !== undefined) changed({ level: Number(to) });
  });
}

function fillFields(description, state) {
  const select = find("v-field");
  for (const field of description.fields) {
    const option = new Option(field.name, field.id, false, field.id === state.field);
    select.add(option);
  }
}

export function showState(field, state) {
  find("v-field").value = state.field;
  find("v-style").value = state.style;
  find("v-cells").checked = state.cells === 2;
  if (!field) return;
  const slider = find("v-level");
  slider.max = field.levels.length - 1;
  slider.value = state.level;
  const level = field.levels[state.level];
  const relation = field.side === "below" ? "≤" : "≥";
  const text = `${field.short} ${relation} ${level.label}`;
  find("v-level-text").textContent = text;
  find("v-rank-text").textContent = RANK_WORDS[level.rank];
  find("v-rank-text").dataset.rank = level.rank;
  slider.setAttribute("aria-valuetext", `${text}, ${RANK_WORDS[level.rank]}`);
  showJumps(field, state);
}

function showJumps(field, state) {
  const last = Math.max(1, field.levels.length - 1);
  const jumps = find("v-jumps");
  jumps.replaceChildren();
  field.levels.forEach((level, number) => {
    if (!level.thresholds.length) return;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.level = number;
    button.textContent = level.thresholds.map((rank) => `${rank}D`).join(" ");
    button.title = `Threshold ${button.textContent}: ${level.label}`;
    button.setAttribute("aria-pressed", String(number === state.level));
    button.style.left = `${(100 * number) / last}%`;
    jumps.append(button);
  });
  moveApart([...jumps.children], jumps.getBoundingClientRect().right + 20);
}

// Thresholds may lie one step apart, and their buttons on top of each other.
function moveApart(buttons, end) {
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

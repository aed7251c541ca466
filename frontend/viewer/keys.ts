// The picture by keyboard.

import type { CrystalView, Look } from "./view.ts";

export const KEYS_IN_WORDS =
  "Arrow keys turn, + and − zoom, a, b and c look along the lattice vectors, 0 resets.";

const TURN = Math.PI / 36;
const TURNS: Record<string, [number, number]> = {
  ArrowLeft: [-TURN, 0],
  ArrowRight: [TURN, 0],
  ArrowUp: [0, TURN],
  ArrowDown: [0, -TURN],
};
const LOOKS: Record<string, Look> = { a: "a", b: "b", c: "c", "0": "default" };
const ZOOMS: Record<string, number> = { "+": 0.9, "=": 0.9, "-": 1 / 0.9 };

export function listenForKeys(holder: HTMLElement, view: CrystalView): void {
  holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (TURNS[key]) view.stage.turn(...TURNS[key]);
    else if (LOOKS[key]) view.look(LOOKS[key]);
    else if (ZOOMS[key]) view.stage.zoom(ZOOMS[key]);
    else return;
    event.preventDefault();
  });
}

// The colours of states.

import { STATE_WORDS } from "./states.ts";

export function Legend({ disputed }: { disputed: boolean }) {
  return (
    <ul class="legend">
      {Object.entries(STATE_WORDS).map(([state, words]) => (
        <li key={state}>
          <span class={`swatch ${state}`} aria-hidden="true" /> {words}
        </li>
      ))}
      <li>
        <span class="swatch hatched" aria-hidden="true" /> beyond what it is known for
      </li>
      {disputed && (
        <li>
          <span class="swatch disputed" aria-hidden="true" /> the two disagree
        </li>
      )}
      <li>
        <span class="dot" aria-hidden="true" /> measured
      </li>
      <li>
        <span class="dash" aria-hidden="true" /> melting, boiling, transitions
      </li>
    </ul>
  );
}

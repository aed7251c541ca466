// Every theory's answer at the point in the address: what follows, and what was put in.

import { useSetting } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as answer from "../../documents/answer.ts";
import type * as diagram from "../../documents/diagram.ts";
import { Shown, shown } from "../../parts/common.tsx";
import { STATE_WORDS, stateName } from "./states.ts";

interface PointAnswers {
  titles: Record<string, string>;
  answers: answer.TheoryAnswer[];
}

export function Reasoning({ name }: { name: string }) {
  const [p] = useSetting("p");
  const [t] = useSetting("t");
  const asked =
    p && t ? `diagrams/${encodeURIComponent(name)}/point?pressure_gpa=${p}&temperature_k=${t}` : null;
  const found = useAnswer<PointAnswers>(asked);
  if (!asked) return null;
  return (
    <section>
      <h2>
        Why, at {p} GPa and {t} K
      </h2>
      <Shown answer={found} what="asking every theory">
        {({ titles, answers }) => (
          <ul class="cards">
            {answers.map((one) => (
              <li class="panel" key={one.theory}>
                <One title={titles[one.theory] ?? one.theory} answer={one} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

function One({ title, answer: one }: { title: string; answer: answer.TheoryAnswer }) {
  const state = stateName(one.state);
  return (
    <>
      <strong>{title}</strong>
      <p>
        <span class={`swatch ${state}`} aria-hidden="true" /> {STATE_WORDS[state]}: {one.state_reason}
      </p>
      <dl>
        <Quantity words="Resistivity" unit="µΩ cm" of={one.rho_uohm_cm} />
        <Quantity words="Tc" unit="K" of={one.tc_k} />
        <Quantity words="Hc" unit="T" of={one.hc_t} />
      </dl>
      {one.used.length > 0 && (
        <details>
          <summary>What was put in ({one.used.length})</summary>
          <ul class="rows">
            {one.used.map((used) => (
              <li key={used.name}>
                {used.name} {shown(used.value)} {used.unit === "1" ? "" : used.unit}
                {used.error === null ? ", error unknown" : ` ± ${shown(used.error, 2)}`}: {used.source}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Quantity({ words, unit, of }: { words: string; unit: string; of: diagram.Answer }) {
  const known = of.value !== null;
  return (
    <div class="pair">
      <dt>{words}</dt>
      <dd class={known ? "" : "faint"}>
        {known &&
          `${shown(of.value as number)}${of.error === null ? "" : ` ± ${shown(of.error, 2)}`} ${unit}`}
        {!known && (of.cannot_say ?? "cannot say")}
      </dd>
    </div>
  );
}

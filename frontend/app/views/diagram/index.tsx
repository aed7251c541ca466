// The P-T electrical diagram of a substance: theories side by side, or two with their disagreement.

import { useSetting, writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as diagram from "../../documents/diagram.ts";
import { Choose } from "../../parts/choose.tsx";
import { Shown } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import { Measured } from "./measured.tsx";
import { Panels } from "./panels.tsx";
import { Reasoning } from "./reasoning.tsx";

interface Choices {
  substances: { name: string; title: string }[];
  theories: string[];
}

const USUAL = "Pb";

export default function DiagramView({ subject }: ViewProps) {
  const name = subject || USUAL;
  const choices = useAnswer<Choices>("diagrams");
  const [theories, setTheories] = useSetting("theories");
  const [mode, setMode] = useSetting("show", "side");
  const query = theories
    .split(",")
    .filter(Boolean)
    .map((theory) => `theory=${encodeURIComponent(theory)}`)
    .join("&");
  const answer = useAnswer<diagram.Diagram>(`diagrams/${encodeURIComponent(name)}?${query}`);
  return (
    <>
      <h1>{answer.value ? `${answer.value.title}: states under pressure and heat` : `Diagram of ${name}`}</h1>
      <div class="row">
        <label>
          Substance
          <select
            value={name}
            onChange={(event) => {
              location.hash = writePlace("diagram", event.currentTarget.value, theories ? { theories } : {});
            }}
          >
            {(choices.value?.substances ?? [{ name, title: name }]).map((one) => (
              <option key={one.name} value={one.name}>
                {one.title === one.name ? one.name : `${one.name}, ${one.title}`}
              </option>
            ))}
          </select>
        </label>
        <Choose
          label="Show"
          value={mode}
          set={setMode}
          values={["side", "over"]}
          words={{ side: "theories side by side", over: "where the first two disagree" }}
        />
        <Theories known={choices.value?.theories ?? []} chosen={theories} set={setTheories} />
      </div>
      <Shown answer={answer} what="asking the theories all over the plane; some seconds the first time">
        {(found) => (
          <>
            <Panels found={found} over={mode === "over"} />
            <Reasoning name={name} />
            <Measured found={found} />
            {found.notes.map((note) => (
              <p class="faint" key={note}>
                {note}
              </p>
            ))}
          </>
        )}
      </Shown>
    </>
  );
}

interface TheoriesProps {
  known: readonly string[];
  chosen: string;
  set: (value: string) => void;
}

function Theories({ known, chosen, set }: TheoriesProps) {
  const names = chosen.split(",").filter(Boolean);
  const toggle = (name: string) =>
    set((names.includes(name) ? names.filter((one) => one !== name) : [...names, name]).join(","));
  return (
    <details class="menu">
      <summary>Theories: {names.length ? names.join(", ") : "the usual four"}</summary>
      <fieldset>
        <legend class="unseen">Theories; none for the usual ones</legend>
        {known.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={names.includes(name)} onChange={() => toggle(name)} /> {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

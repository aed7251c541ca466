// The form that asks for a job; what is chosen is in the address.

import { useState } from "preact/hooks";
import { useSetting } from "../../address.ts";
import { type Problem, post, send } from "../../api.ts";
import { told } from "../../job.ts";
import { ProblemLine } from "../../parts/common.tsx";
import { DftMissing, useDft } from "../../parts/dft.tsx";
import { type Asked, KINDS, type Kind, needsDft, OVER, type Over, requestOf } from "./request.ts";

const GRID_KINDS = {
  "": "guessed from the file",
  potential: "potential",
  electrostatic: "electrostatic potential",
  density: "density",
  elf: "electron localization (ELF)",
};

export function Ask() {
  const [kindText, setKind] = useSetting("kind", "analyze");
  const [crystal, setCrystal] = useSetting("crystal");
  const [engine, setEngine] = useSetting("engine", "auto");
  const [overText, setOver] = useSetting("over", "volume_ratios");
  const [values, setValues] = useSetting("values");
  const [muStar, setMuStar] = useSetting("mu", "0.12");
  const [pairedText, setPaired] = useSetting("paired");
  const [gridKind, setGridKind] = useSetting("values-are");
  const [file, setFile] = useState<File>();
  const dft = useDft();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const kind: Kind = kindText in KINDS ? (kindText as Kind) : "analyze";
  const over: Over = overText in OVER ? (overText as Over) : "volume_ratios";
  const paired = pairedText === "yes";
  const asked: Asked = { kind, engine, over, values, muStar, paired, gridKind };
  const absent = dft === false && (needsDft(asked) || engine === "gpaw");
  const named = kind !== "tunnels";
  const input = file ? "file" : named && crystal ? "crystal" : "";
  const ask = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const subject = file ? { upload: (await send<{ id: string }>(file)).id } : { crystal };
      await post("jobs", { kind, request: { ...subject, ...requestOf(asked) } });
    } catch (error) {
      told(setProblem)(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="panel" onSubmit={ask}>
      <div class="row">
        <Pick
          label="What"
          value={kind}
          set={setKind}
          values={Object.entries(KINDS).map(([name, one]) => [name, one.words, one.dft && dft === false])}
        />
        {named && (
          <label>
            A crystal's name
            <input
              value={crystal}
              placeholder="H3S@200GPa"
              onInput={(event) => setCrystal(event.currentTarget.value)}
            />
          </label>
        )}
        <label>
          {named
            ? "or a file of yours (CIF, POSCAR, CHGCAR, cube, …)"
            : "A grid file of yours (cube, CHGCAR, …)"}
          <input type="file" onChange={(event) => setFile(event.currentTarget.files?.[0])} />
        </label>
      </div>
      <div class="row">
        {kind === "scan" && (
          <>
            <Pick
              label="Over"
              value={over}
              set={setOver}
              values={[
                ["volume_ratios", OVER.volume_ratios.words, false],
                ["pressures_gpa", OVER.pressures_gpa.words, dft === false],
              ]}
            />
            <label>
              {OVER[over].label}
              <input
                value={values}
                placeholder={OVER[over].usual}
                onInput={(event) => setValues(event.currentTarget.value)}
              />
            </label>
            <label class="tick">
              <input
                type="checkbox"
                checked={paired}
                disabled={dft === false && !paired}
                onChange={(event) => setPaired(event.currentTarget.checked ? "yes" : "")}
              />
              with coupling and Tc (GPAW, minutes a point)
            </label>
          </>
        )}
        {kind === "tunnels" && (
          <Pick
            label="Its values are"
            value={gridKind}
            set={setGridKind}
            values={Object.entries(GRID_KINDS).map(([name, words]) => [name, words, false])}
          />
        )}
        {kind === "pairing" && (
          <label>
            µ*, the Coulomb pseudopotential
            <input
              value={muStar}
              inputMode="decimal"
              onInput={(event) => setMuStar(event.currentTarget.value)}
            />
          </label>
        )}
        {(kind === "analyze" || kind === "scan") && (
          <Pick
            label="Engine"
            value={engine}
            set={setEngine}
            values={[
              ["auto", "automatic", false],
              ["procrystal", "superposed atoms, no DFT", kind === "scan" && over === "pressures_gpa"],
              ["gpaw", "GPAW", dft === false],
            ]}
          />
        )}
        <button class="main" type="submit" disabled={busy || absent || !input}>
          {KINDS[kind].button}
        </button>
      </div>
      {kind === "scan" && (
        <p class="faint">
          A list ({OVER[over].usual}) or start:stop:step
          {over === "volume_ratios" ? " (1:0.5:-0.1)" : " (0:100:10)"}, 30 at most.
        </p>
      )}
      <DftMissing dft={dft} />
      {problem && <ProblemLine problem={problem} />}
    </form>
  );
}

interface PickProps {
  label: string;
  value: string;
  set: (value: string) => void;
  values: [value: string, words: string, disabled: boolean][];
}

/** A choice of which some may not be had here. */
function Pick({ label, value, set, values }: PickProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        {values.map(([one, words, disabled]) => (
          <option key={one} value={one} disabled={disabled}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

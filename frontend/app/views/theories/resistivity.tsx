// rho(T): two laws at a time over the dots, each with sliders and a button for its best fit.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { useSetting, writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import { Choose } from "../../parts/choose.tsx";
import { ProblemLine, Shown } from "../../parts/common.tsx";
import { Chart } from "../../parts/plot.tsx";
import { Sliders } from "./sliders.tsx";
import type { LawShown, MeasuredResistivity, ResistivityCurve } from "./types.ts";

const COLOURS = ["var(--accent)", "var(--metal)"] as const;

export function Resistivity() {
  const choices = useAnswer<{ metals: string[]; laws: LawShown[] }>("theories/resistivity");
  const [metal, setMetal] = useSetting("metal", "Cu");
  const measured = useAnswer<MeasuredResistivity>(`theories/resistivity/${encodeURIComponent(metal)}`);
  const one = useLaw(metal, "a", "bg2v");
  const other = useLaw(metal, "b", "linear3");
  const laws = choices.value?.laws ?? [];
  const change = (next: string) => {
    one.release();
    other.release();
    setMetal(next);
  };
  return (
    <>
      <div class="row">
        <Choose label="Metal" value={metal} set={change} values={choices.value?.metals ?? [metal]} />
      </div>
      <Shown answer={measured} what="reading the measured points">
        {(points) => (
          <>
            <Curves points={points} curves={[one.curve, other.curve]} />
            <div class="columns">
              {[one, other].map((law, place) => (
                <LawPanel key={law.slot} law={law} laws={laws} colour={COLOURS[place] as string} />
              ))}
            </div>
            <p>
              The tunnel theory's laws let resistivity rise only by widening spacing (claims{" "}
              <a href={writePlace("scorecard", "A4")}>A4</a>, <a href={writePlace("scorecard", "B7")}>B7</a>);
              the errors here are of fits to all points. Points held out judge them on the{" "}
              <a href={writePlace("scorecard")}>scorecard</a>.
            </p>
            {points.remarks.map((words) => (
              <p class="faint" key={words}>
                {words}
              </p>
            ))}
            <p class="faint">Measured: {points.sources.join("; ")}</p>
          </>
        )}
      </Shown>
    </>
  );
}

interface LawState {
  slot: string;
  name: string;
  choose: (name: string) => void;
  curve: ResistivityCurve | undefined;
  busy: boolean;
  problem: string | undefined;
  values: number[] | null;
  set: (values: number[]) => void;
  /** Back to the best fit. */
  release: () => void;
}

/** A law and its parameters, both in the address. */
function useLaw(metal: string, slot: string, usual: string): LawState {
  const [name, setName] = useSetting(slot, usual);
  const [text, setText] = useSetting(`${slot}v`);
  const values = text ? text.split(",").map(Number) : null;
  const query = values ? `?${values.map((value) => `value=${value}`).join("&")}` : "";
  const path = `theories/resistivity/${encodeURIComponent(metal)}/${encodeURIComponent(name)}${query}`;
  const answer = useAnswer<ResistivityCurve>(path);
  return {
    slot,
    name,
    choose: (next) => {
      setText("");
      setName(next);
    },
    curve: answer.value,
    busy: answer.loading,
    problem: answer.problem?.message,
    values,
    set: (next) => setText(next.map((value) => Number(value.toPrecision(5))).join(",")),
    release: () => setText(""),
  };
}

function LawPanel({ law, laws, colour }: { law: LawState; laws: LawShown[]; colour: string }) {
  const { curve } = law;
  const titles = Object.fromEntries(laws.map((one) => [one.name, one.title]));
  return (
    <section class="panel" style={{ borderTop: `4px solid ${colour}` }}>
      <Choose
        label="Law"
        value={law.name}
        set={law.choose}
        values={laws.length ? laws.map((one) => one.name) : [law.name]}
        words={titles}
      />
      {law.problem && <ProblemLine problem={{ code: "input", message: law.problem, exit_code: 2 }} />}
      {curve && (
        <>
          <p>
            <code>{curve.law.formula}</code>
          </p>
          {curve.adjustable ? (
            <Sliders key={`${curve.law.name}`} parameters={curve.parameters} set={law.set} />
          ) : (
            <p class="faint">This law fits itself: {curve.parameters.length} parameters.</p>
          )}
          <p role="status">
            {(100 * curve.rms_relative).toFixed(1)} % off on average
            {law.busy ? " …" : law.values ? ", by hand" : ", best fit"}
          </p>
          <button type="button" disabled={!law.values} onClick={law.release}>
            Fit
          </button>
        </>
      )}
    </section>
  );
}

interface CurvesProps {
  points: MeasuredResistivity;
  curves: (ResistivityCurve | undefined)[];
}

function Curves({ points, curves }: CurvesProps) {
  const options = useCallback((): Plot.PlotOptions => {
    const dots = points.temperature_k.map((t, k) => ({ t, rho: points.rho_uohm_cm[k] as number }));
    return {
      height: 380,
      marginLeft: 60,
      marginBottom: 46,
      x: { label: "temperature (K)", labelOffset: 40, grid: true },
      y: {
        label: "resistivity (µΩ cm)",
        grid: true,
        domain: [0, 1.1 * Math.max(...points.rho_uohm_cm)],
        clamp: true,
      },
      marks: [
        ...curves.map((curve, place) =>
          Plot.line(
            (curve?.temperature_k ?? []).map((t, k) => ({ t, rho: curve?.rho_uohm_cm[k] })),
            { x: "t", y: "rho", stroke: COLOURS[place] as string, strokeWidth: 2.5 },
          ),
        ),
        Plot.dot(dots, { x: "t", y: "rho", fill: "var(--ink)", r: 4, tip: true }),
      ],
    };
  }, [points, curves[0], curves[1]]);
  return (
    <figure>
      <Chart title={`Resistivity of ${points.metal} over temperature with two laws`} options={options} />
    </figure>
  );
}

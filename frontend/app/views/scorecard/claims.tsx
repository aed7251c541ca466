// All claims in a list, with filters that stand in the address.

import { useRef } from "preact/hooks";
import { useSetting, writePlace } from "../../address.ts";
import type * as scorecard from "../../documents/scorecard.ts";
import { Choose } from "../../parts/choose.tsx";
import { Scrolls } from "../../parts/common.tsx";
import { useWidth } from "../../parts/width.ts";
import { SIDES, type Side, TONES, type Verdict } from "./words.ts";

/** Pixels below which eight columns do not fit. */
const NARROW = 900;

export function Claims({ found }: { found: scorecard.Scorecard }) {
  const [words, setWords] = useSetting("find");
  const [section, setSection] = useSetting("part", "all");
  const [verdict, setVerdict] = useSetting("verdict", "all");
  const [side, setSide] = useSetting("side", "any");
  const letters = [...new Set(found.claims.map((one) => one.claim.id[0] ?? ""))];
  const verdicts = [...new Set(found.claims.flatMap((one) => Object.values(one.verdicts)))];
  const shown = found.claims.filter(
    (one) =>
      (section === "all" || one.claim.id.startsWith(section)) &&
      hasVerdict(one, side, verdict) &&
      `${one.claim.id} ${one.claim.statement}`.toLowerCase().includes(words.toLowerCase()),
  );
  return (
    <>
      <h1>Scorecard: {found.claims.length} claims, judged by rules fixed beforehand</h1>
      <Totals found={found} />
      <form class="row" onSubmit={(event) => event.preventDefault()}>
        <label>
          Words
          <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>
        <Choose label="Part" value={section} set={setSection} values={["all", ...letters]} />
        <Choose label="Verdict" value={verdict} set={setVerdict} values={["all", ...verdicts]} />
        <Choose
          label="of"
          value={side}
          set={setSide}
          values={["any", ...found.sides]}
          words={{ any: "any side", ...SIDES }}
        />
      </form>
      <p role="status" class="faint">
        {shown.length} of {found.claims.length} claims
      </p>
      <ul class="claims">
        {shown.map((one) => (
          <li key={one.claim.id}>
            <a href={writePlace("scorecard", one.claim.id)}>
              <strong>{one.claim.id}</strong> <span>{one.claim.statement}</span>
            </a>
            <Verdicts of={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

export function Verdicts({ of }: { of: scorecard.JudgedClaim }) {
  return (
    <p class="verdicts">
      {Object.entries(of.verdicts).map(([side, verdict]) => (
        <span key={side}>
          <span class="faint">{SIDES[side as Side]}</span>{" "}
          <span class={`chip ${TONES[verdict as Verdict]}`}>{verdict}</span>
        </span>
      ))}
    </p>
  );
}

function hasVerdict(one: scorecard.JudgedClaim, side: string, verdict: string) {
  if (verdict === "all") return true;
  return Object.entries(one.verdicts).some(([of, is]) => is === verdict && (side === "any" || of === side));
}

function Totals({ found }: { found: scorecard.Scorecard }) {
  const place = useRef<HTMLDivElement>(null);
  const upright = useWidth(place) < NARROW;
  const kinds = [
    ...new Set(found.sides.flatMap((side) => Object.keys(found.totals[side] ?? {}))),
  ] as Verdict[];
  const count = (side: Side, kind: Verdict) => found.totals[side]?.[kind] ?? 0;
  // A row per side, or per verdict where there is no room for eight columns.
  const [corner, heads, rows] = upright
    ? [
        "verdict",
        found.sides.map((side) => SIDES[side]),
        kinds.map((kind) => ({ head: kind, counts: found.sides.map((side) => count(side, kind)) })),
      ]
    : [
        "side",
        kinds,
        found.sides.map((side) => ({ head: SIDES[side], counts: kinds.map((kind) => count(side, kind)) })),
      ];
  return (
    <div ref={place} class="totals">
      <Scrolls of="Totals" kind="wide">
        <table>
          <caption class="unseen">How many claims have which verdict</caption>
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {heads.map((head) => (
                <th scope="col" class="right" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ head, counts }) => (
              <tr key={head}>
                <th scope="row">{head}</th>
                {counts.map((number, column) => (
                  <td class="right" key={heads[column]}>
                    {number}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </div>
  );
}

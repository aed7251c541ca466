// All claims in a list, with filters that stand in the address.

import { useSetting, writePlace } from "../../address.ts";
import type * as scorecard from "../../documents/scorecard.ts";
import { Choose } from "../../parts/choose.tsx";
import { Scrolls } from "../../parts/common.tsx";
import { SIDES, type Side, TONES, type Verdict } from "./words.ts";

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
  const kinds = [
    ...new Set(found.sides.flatMap((side) => Object.keys(found.totals[side] ?? {}))),
  ] as Verdict[];
  return (
    <Scrolls of="Totals" kind="wide">
      <table>
        <caption class="unseen">How many claims have which verdict</caption>
        <thead>
          <tr>
            <th scope="col">side</th>
            {kinds.map((kind) => (
              <th scope="col" class="right" key={kind}>
                {kind}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.sides.map((side) => (
            <tr key={side}>
              <th scope="row">{SIDES[side]}</th>
              {kinds.map((kind) => (
                <td class="right" key={kind}>
                  {found.totals[side]?.[kind] ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}

// One claim: what is asked, the rule, the numbers of both sides, the figure, the rows.

import { writePlace } from "../../address.ts";
import type * as scorecard from "../../documents/scorecard.ts";
import { Scrolls } from "../../parts/common.tsx";
import { Verdicts } from "./claims.tsx";
import { Picture } from "./picture.tsx";
import { SIDES, TONES } from "./words.ts";

export function Claim({ found, id }: { found: scorecard.Scorecard; id: string }) {
  const place = found.claims.findIndex((one) => one.claim.id.toLowerCase() === id.toLowerCase());
  const one = found.claims[place];
  if (!one) {
    return (
      <p class="problem" role="alert">
        There is no claim {id}; <a href={writePlace("scorecard")}>all claims</a>
      </p>
    );
  }
  const { claim } = one;
  return (
    <article>
      <p>
        <a href={writePlace("scorecard")}>All claims</a>
        {neighbours(found, place).map(([words, other]) => (
          <span key={words}>
            {" · "}
            <a href={writePlace("scorecard", other)}>
              {words} ({other})
            </a>
          </span>
        ))}
      </p>
      <h1>
        {claim.id}: {claim.statement}
      </h1>
      <Verdicts of={one} />
      {claim.not_testable && <p>Not testable: {claim.not_testable}</p>}
      <div class="columns">
        <div class="panel">
          <h2>What decides it</h2>
          <p>{claim.decides}</p>
          {claim.rival && <p>The standard theory's answer: {claim.rival}</p>}
          {claim.limits && <p class="faint">What this cannot show: {claim.limits}</p>}
        </div>
        {one.picture && <Picture picture={one.picture} name={`claim-${claim.id}`} />}
      </div>
      <h2>Numbers</h2>
      {one.numbers.map((number) => (
        <Judged key={`${number.part}-${number.side}-${number.reading}`} number={number} claim={claim} />
      ))}
    </article>
  );
}

function neighbours(found: scorecard.Scorecard, place: number): [string, string][] {
  const pairs: [string, scorecard.JudgedClaim | undefined][] = [
    ["before", found.claims[place - 1]],
    ["next", found.claims[place + 1]],
  ];
  return pairs.flatMap(([words, one]) => (one ? [[words, one.claim.id] as [string, string]] : []));
}

function Judged({ number, claim }: { number: scorecard.JudgedNumber; claim: scorecard.ClaimEntry }) {
  const part = claim.parts.find((one) => one.name === number.part);
  return (
    <section class="panel judged">
      <h3>
        {part?.title ?? number.part} <span class="faint">{SIDES[number.side]}</span>{" "}
        <span class={`chip ${TONES[number.verdict]}`}>{number.verdict}</span>
      </h3>
      <p>{number.text}</p>
      <p class="faint">Rule: {number.rule}</p>
      {number.would_change && <p>What would change it: {number.would_change}</p>}
      <Rows number={number} />
    </section>
  );
}

function Rows({ number }: { number: scorecard.JudgedNumber }) {
  if (number.used.length + number.dropped.length === 0) return null;
  return (
    <details>
      <summary>
        {number.used.length} rows used, {number.dropped.length} left out
      </summary>
      <Scrolls of="Rows" kind="rows">
        <ul>
          {number.used.map((row) => (
            <li key={`${row.table}:${row.row}`}>
              <code>
                {row.table}:{row.row}
              </code>{" "}
              {row.label}: {row.source}
            </li>
          ))}
          {number.dropped.map((row) => (
            <li key={`out-${row.table}:${row.row}-${row.reason}`} class="faint">
              <code>
                {row.table}:{row.row}
              </code>{" "}
              {row.label}, left out: {row.reason}
            </li>
          ))}
        </ul>
      </Scrolls>
    </details>
  );
}

// The paper's claims and what the data say, for both sides.

import { useAnswer } from "../../api.ts";
import type * as scorecard from "../../documents/scorecard.ts";
import { Shown, Waiting } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import { Claim } from "./claim.tsx";
import { Claims } from "./claims.tsx";

const WAITING = "judging the claims; half a minute the first time, then kept";

export default function ScorecardView({ subject }: ViewProps) {
  const answer = useAnswer<scorecard.Scorecard>("scorecard");
  // A page has its heading while it waits as well.
  if (answer.value === undefined && !answer.problem)
    return (
      <>
        <h1>{subject ? `Claim ${subject}` : "Scorecard"}</h1>
        <Waiting what={WAITING} />
      </>
    );
  return (
    <Shown answer={answer} what={WAITING}>
      {(found) => (subject ? <Claim found={found} id={subject} /> : <Claims found={found} />)}
    </Shown>
  );
}

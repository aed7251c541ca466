// The paper's claims and what the data say, for both sides.

import { useAnswer } from "../../api.ts";
import type * as scorecard from "../../documents/scorecard.ts";
import { Shown } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import { Claim } from "./claim.tsx";
import { Claims } from "./claims.tsx";

export default function ScorecardView({ subject }: ViewProps) {
  const answer = useAnswer<scorecard.Scorecard>("scorecard");
  return (
    <Shown answer={answer} what="judging the claims; half a minute the first time, then kept">
      {(found) => (subject ? <Claim found={found} id={subject} /> : <Claims found={found} />)}
    </Shown>
  );
}

// The paper's claims and what the data say, for both sides.

import { useSetting } from "../address.ts";
import { useAnswer } from "../api.ts";
import type * as scorecard from "../documents/scorecard.ts";
import { Shown } from "../parts/common.tsx";
import type { ViewProps } from "../views.ts";

export default function ScorecardView({ subject }: ViewProps) {
  const answer = useAnswer<scorecard.Scorecard>("scorecard");
  const [wanted, setWanted] = useSetting("find");
  return (
    <>
      <h1>{subject ? `Claim ${subject}` : "Scorecard"}</h1>
      <div class="row">
        <label>
          Find
          <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
      </div>
      <Shown answer={answer} what="judging the claims (half a minute the first time)">
        {(found) => <pre>{Object.keys(found).join(" ")}</pre>}
      </Shown>
    </>
  );
}

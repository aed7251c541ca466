// What else a scan of the user holds: points without a result, warnings, and its files.

import type * as scan from "../../documents/scan.ts";
import { Files } from "../jobs/files.tsx";
import { axisOf } from "./source.ts";

export function Kept({ found, job }: { found: scan.Scan; job: string }) {
  const axis = axisOf(found);
  const failed = found.points.filter((point) => point.status === "failed");
  const remarks = [...new Set([...found.remarks, ...found.points.flatMap((point) => point.warnings)])];
  return (
    <>
      {failed.length > 0 && (
        <ul class="problem">
          {failed.map((point) => (
            <li key={point.asked}>
              No result at {axis.at(String(point.asked))}: {point.reason}
            </li>
          ))}
        </ul>
      )}
      {remarks.length > 0 && (
        <details>
          <summary>What to know before trusting the numbers</summary>
          <ul>
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </details>
      )}
      <p class="faint">
        A scan keeps numbers and cells, not fields: the surface is of superposed free atoms, computed for the
        picture{found.engine === "procrystal" ? " in the same way as the scan's numbers" : ""}.
      </p>
      <p class="row">
        <Files job={job} kind="scan" title={found.name} />
      </p>
    </>
  );
}

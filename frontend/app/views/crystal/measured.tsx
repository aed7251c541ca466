// What experiments say of the crystal, beside what was computed: states, and Tc by published formulas.

import type * as analysis from "../../documents/analysis.ts";
import { Scrolls, Value } from "../../parts/common.tsx";

export function Estimates({ found }: { found: analysis.Analysis }) {
  const current = found.tc_estimates.filter((one) => one.status === "current");
  if (current.length === 0) return null;
  const measured = (found.measured?.facts ?? []).filter((fact) => fact.kind === "tc" && fact.compared);
  return (
    <section class="panel">
      <h2>Tc by published formulas, and measured</h2>
      <dl class="meanings">
        {current.map((one) => (
          <div key={one.id}>
            <dt>
              {one.id}: <Value value={one.tc_k} unit="K" />
            </dt>
            <dd class="faint">{one.cannot_say ?? one.warnings.join("; ")}</dd>
          </div>
        ))}
        {measured.map((fact) => (
          <div key={fact.row}>
            <dt>
              measured: <Value value={fact.temperature_k} unit="K" /> at{" "}
              <Value value={fact.pressure_gpa} unit="GPa" />
            </dt>
            <dd class="faint">{fact.source}</dd>
          </div>
        ))}
      </dl>
      {measured.length === 0 && <p class="faint">No Tc was measured near this crystal's pressure.</p>}
    </section>
  );
}

interface MeasuredProps {
  beside: analysis.MeasuredBeside | null | undefined;
  /** Which computed crystal it stands beside, where there are several. */
  at?: string;
}

export function Measured({ beside, at }: MeasuredProps) {
  const facts = beside?.facts ?? [];
  const compared = facts.filter((fact) => fact.compared);
  const pressure = beside?.pressure_gpa ?? null;
  return (
    <section class="panel">
      <h2>{at ? `Measured, beside the cell at ${at}` : "Measured"}</h2>
      {facts.length === 0 && <p class="faint">The tables hold no measurement of this composition.</p>}
      {facts.length > 0 && compared.length === 0 && (
        <p class="faint">
          {pressure === null
            ? "The crystal's pressure is not known, so nothing is compared."
            : "None of these is of this structure and near this pressure, so none is compared."}
        </p>
      )}
      {facts.length > 0 && (
        <Scrolls of="Measured facts" kind="rows">
          <table>
            <thead>
              <tr>
                <th scope="col">fact</th>
                <th scope="col" class="right">
                  GPa
                </th>
                <th scope="col" class="right">
                  K
                </th>
                <th scope="col">contradicts</th>
              </tr>
            </thead>
            <tbody>
              {facts.map((fact) => (
                <tr key={`${fact.row}${fact.kind}`} class={fact.compared ? "" : "faint"}>
                  <th scope="row" title={`${fact.source} (${fact.row}, grade ${fact.grade})`}>
                    {fact.label}
                    {fact.phase ? `, ${fact.phase}` : ""}
                  </th>
                  <td class="right">
                    <Value value={fact.pressure_gpa} />
                  </td>
                  <td class="right">
                    <Value value={fact.temperature_k} />
                  </td>
                  <td>{fact.compared ? contradicted(fact) : "not compared"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
      )}
    </section>
  );
}

function contradicted(fact: analysis.MeasuredFact): string {
  const names = Object.entries(fact.contradicts).map(([name, says]) => `${name} (${says})`);
  return names.join(", ") || "none";
}

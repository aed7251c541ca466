// A pairing job, to be read: coupling, Tc, the atoms, and the spectrum that they follow from.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import type * as pairing from "../../documents/pairing.ts";
import type { Job } from "../../job.ts";
import { Scrolls, Shown, Value } from "../../parts/common.tsx";
import { Chart } from "../../parts/plot.tsx";
import { Files } from "./files.tsx";

type Row = [words: string, value: number | null | undefined, unit: string];

export function PairingFound({ job }: { job: string }) {
  const path = `jobs/${encodeURIComponent(job)}`;
  const asked = useAnswer<Job>(path).value;
  const answer = useAnswer<pairing.Pairing>(`${path}/result`);
  return (
    <>
      <h1>{asked ? `${asked.title}: ${asked.kind}` : "A job"}</h1>
      <p class="row">
        <a href={writePlace("jobs")}>All jobs</a>
        {asked?.state === "done" && <Files job={job} kind={asked.kind} title={asked.title} />}
      </p>
      <Shown answer={answer} what="reading the result">
        {(found) =>
          found.schema === "isotunnel.pairing/1" ? (
            <Found found={found} />
          ) : (
            <p>This result has a view of its own: see “Look at it” in the list of jobs.</p>
          )
        }
      </Shown>
    </>
  );
}

function Found({ found }: { found: pairing.Pairing }) {
  const range = found.range;
  const rows: Row[] = [
    ["pressure of the cell, by PBE", found.pressure_gpa, "GPa"],
    ["states at the Fermi level, per cell and spin", found.dos_fermi_per_ev_spin, "1/eV"],
    ["its error by a coarser mesh", found.dos_fermi_error_per_ev_spin, "1/eV"],
    ["µ*, the Coulomb pseudopotential", found.mu_star, ""],
    ["coupling λ", found.lambda, ""],
    ["logarithmic mean frequency", found.omega_log_k, "K"],
    ["root mean square frequency", found.omega_2_k, "K"],
    ["Tc by Allen and Dynes", found.tc_allen_dynes_k, "K"],
    ["Tc by Eliashberg's equations", found.tc_eliashberg_k, "K"],
    ["isotope exponent, all masses alike", found.isotope_exponent, ""],
    ["Tc with a constant α² per atom", found.flat?.tc_allen_dynes_k, "K"],
    ["stiffest phonon", found.phonons.highest_ev, "eV"],
  ];
  return (
    <>
      {found.cannot_say && <p class="problem">No Tc: {found.cannot_say}</p>}
      <div class="columns">
        <Scrolls of="Coupling and Tc" kind="wide panel">
          <table>
            <caption>Rigid muffin tins; {found.mu_star_source}</caption>
            <tbody>
              {rows.map(([words, value, unit]) => (
                <tr key={words}>
                  <th scope="row">{words}</th>
                  <td class="right">
                    <Value value={value} unit={unit} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
        {found.alpha2f && <Spectrum of={found.name} spectrum={found.alpha2f} />}
      </div>
      {range && (
        <p>
          Linear response's λ is to be expected from <Value value={range.lambda_low} digits={3} /> to{" "}
          <Value value={range.lambda_high} digits={3} />, with Tc from{" "}
          <Value value={range.tc_low_k} digits={2} /> to <Value value={range.tc_high_k} unit="K" digits={2} />{" "}
          ({Math.round(100 * range.share)} %, learnt from {range.crystals} crystals
          {range.tc_hydrides !== null && <>, that of Tc from {range.tc_hydrides} hydrides</>}).
        </p>
      )}
      <Atoms atoms={found.atoms} />
      {found.warnings.length > 0 && (
        <>
          <h2>What to know</h2>
          <ul>
            {found.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Atoms({ atoms }: { atoms: pairing.PairingAtom[] }) {
  return (
    <Scrolls of="Atoms" kind="wide panel">
      <table>
        <caption>Each atom's part</caption>
        <thead>
          <tr>
            <th scope="col">atom</th>
            <th scope="col" class="right">
              Hopfield parameter η (eV/Å²)
            </th>
            <th scope="col" class="right">
              its error by a coarser mesh (eV/Å²)
            </th>
            <th scope="col" class="right">
              force constant M/⟨ω⁻²⟩ (eV/Å²)
            </th>
            <th scope="col" class="right">
              λ
            </th>
          </tr>
        </thead>
        <tbody>
          {atoms.map((atom, place) => (
            <tr key={`${atom.symbol}${place}`}>
              <th scope="row">{atom.symbol}</th>
              {[
                atom.hopfield_ev_per_angstrom2,
                atom.hopfield_mesh_error_ev_per_angstrom2,
                atom.force_constant_ev_per_angstrom2,
                atom.lambda,
              ].map((value, column) => (
                <td class="right" key={column}>
                  <Value value={value} digits={3} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}

function Spectrum({ of, spectrum }: { of: string; spectrum: pairing.PairingSpectrum }) {
  const options = useCallback((): Plot.PlotOptions => {
    const points = spectrum.frequency_ev.map((energy, place) => ({
      at: 1000 * energy,
      value: spectrum.values[place],
    }));
    return {
      height: 300,
      marginLeft: 56,
      marginBottom: 46,
      x: { label: "phonon energy (meV)", labelOffset: 40, grid: true },
      y: { label: "α²F", grid: true, nice: true },
      marks: [Plot.ruleY([0]), Plot.lineY(points, { x: "at", y: "value", stroke: "var(--accent)" })],
    };
  }, [spectrum]);
  return (
    <figure>
      <Chart title={`Eliashberg's spectral function of ${of}`} options={options} />
    </figure>
  );
}

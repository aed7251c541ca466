// Where a newcomer lands: what can be done, in a line each.

import { writePlace } from "../address.ts";
import { VIEWS } from "../views.ts";

const WORDS: Record<string, string> = {
  crystal:
    "A crystal or a grid file with its tunnels in 3D: a level slider that catches where networks appear.",
  pressure: "One slider moves a crystal, its tunnels, gaps, phi and Tc together under pressure.",
  table:
    "Hydrides and screened crystals: sorted, filtered, any two columns as a scatter, each point a crystal.",
  diagram: "Insulator, conductor or superconductor, under pressure and heat, theory by theory.",
  theories:
    "Resistivity, Tc and critical field by rival theories over measured dots, with parameters to move.",
  scorecard: "The 38 claims of the paper, judged by rules fixed beforehand, for both sides.",
  stories: "Six tours of three minutes: a question before each answer, and the view that shows it.",
  jobs: "Analyse a crystal or a grid file of your own; watch it, cancel it, fetch what came out.",
};

export default function Start() {
  return (
    <>
      <h1>The electrical states of matter, to look at</h1>
      <p class="lead">
        Tunnels of electrons through crystals, pressure, temperature, and rival theories over what was
        measured. Everything runs on this machine.
      </p>
      <ul class="cards">
        {VIEWS.filter((view) => view.inMenu).map((view) => (
          <li key={view.name}>
            <a href={writePlace(view.name)}>
              <strong>{view.title}</strong>
              <span>{WORDS[view.name] ?? ""}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

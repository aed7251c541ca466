// The six stories: questions, what to look at, and which documents answer. Numbers come from the documents.

import { writePlace } from "../../address.ts";
import {
  allPressures,
  atPressure,
  casesWith,
  type Fact,
  formulasAt,
  hydride,
  numbers,
  rules,
  statement,
  statesAt,
  theoriesAt,
  verdicts,
  wouldChange,
} from "./facts.ts";

export interface Step {
  question: string;
  answer: string;
  facts: Fact[];
  /** The view that shows it, with its whole state. */
  look: { words: string; place: string };
}

export interface Story {
  id: string;
  title: string;
  lead: string;
  steps: Step[];
}

const H3S = "H3S@200GPa";
const SODIUM = "Na-hP4@320GPa";

const TUNNEL: Story = {
  id: "tunnel",
  title: "What is a tunnel?",
  lead: "A landscape under a falling tide: islands join to chains, chains to a mainland.",
  steps: [
    {
      question:
        "The electron localisation function (ELF) of a crystal is high where electrons pair. Keep only the places above a level, and lower it. What happens at last?",
      answer:
        "The pieces join, until one of them runs from each cell into the next, without end: a tunnel. The level at which it does so along three directions is the networking value phi.",
      facts: [atPressure(H3S, 200, "phi", "networking value phi of H3S")],
      look: { words: "Move the level yourself in H3S", place: writePlace("crystal", H3S) },
    },
    {
      question: "Must a tunnel open along all three directions at the same level?",
      answer:
        "No. It may run along a line first (1D), as along the chains of tellurium, then in a plane (2D), as in the layers of magnesium diboride, then through the whole crystal (3D). Where two of the three levels are equal, the tunnel gains both directions at once.",
      facts: ["Te", "MgB2"].flatMap((crystal) =>
        ["1d", "2d", "3d"].map((rank) =>
          atPressure(
            crystal,
            0,
            `threshold_gpaw_elf_${rank}`,
            `${crystal}: ELF level of the ${rank.toUpperCase()} tunnel`,
          ),
        ),
      ),
      look: { words: "Tellurium with its chains", place: writePlace("crystal", "Te") },
    },
    {
      question:
        "The paper calls a crystal with open tunnels a conductor. Salt insulates and copper conducts: does every way of reading 'tunnel' say so?",
      answer:
        "No, and the page shows which do. The words of the hypothesis can be read in several ways; each reading is computed, none is left out for being wrong.",
      facts: [statesAt("NaCl", 0), statesAt("Cu", 0)],
      look: { words: "Salt with its tunnels", place: writePlace("crystal", "NaCl") },
    },
  ],
};

const HYDRIDE: Story = {
  id: "h3s",
  title: "Why does H3S superconduct, by two theories?",
  lead: "One compound, one measured Tc, two explanations that rest on different things.",
  steps: [
    {
      question: "At which temperature does H3S lose its resistance, and under which pressure?",
      answer: "It was measured in a diamond anvil cell. The row of the table says where.",
      facts: [hydride("S01", ["tc_measured_k", "tc_measured_pressure_gpa"])],
      look: { words: "Its row in the table", place: writePlace("table", "", { row: "S01", find: "H3S" }) },
    },
    {
      question: "Can a number read off the tunnels alone estimate that Tc?",
      answer:
        "Formulas fitted to computed hydrides do, from phi and the share of hydrogen. They are fits, good to tens of kelvin at best, and say nothing of the cause.",
      facts: [hydride("S01", ["phi", "h_fraction", "h_dos"]), formulasAt(H3S, 150)],
      look: {
        words: "Tc by formula against pressure",
        place: writePlace("pressure", H3S, { p: "150" }),
      },
    },
    {
      question: "Ask the tunnel theory and the electron-phonon theory at 150 GPa and 100 K. Do they agree?",
      answer:
        "Compare both the state and Tc: a theory can be right about the state and have nothing to say about where it ends.",
      facts: [
        theoriesAt("H3S", 150, 100, [
          "tunnel-elf",
          "tunnel-ks",
          "allen_dynes",
          "rigid-muffin-tin+allen_dynes",
        ]),
      ],
      look: {
        words: "Each theory's reasons at that point",
        place: writePlace("diagram", "H3S", { theories: "tunnel-elf,allen_dynes", p: "150", t: "100" }),
      },
    },
    {
      question: "Does the tunnel theory get the sign of Tc against pressure right, over many substances?",
      answer: "That is a claim with a rule. Both sides are judged by it.",
      facts: [numbers("A8")],
      look: { words: "The claim with its rows", place: writePlace("scorecard", "A8") },
    },
  ],
};

const TRANSPARENT: Story = {
  id: "sodium",
  title: "Squeeze sodium until it turns transparent",
  lead: "A metal that pressure turns into an insulator.",
  steps: [
    {
      question: "Sodium at room pressure is a shiny metal. Has it a gap between its electron bands?",
      answer: "None: electrons can take up any small energy, so light is reflected.",
      facts: [atPressure("Na", 0, "band_gap_ev", "band gap")],
      look: { words: "Sodium under pressure", place: writePlace("pressure", "Na", { p: "0" }) },
    },
    {
      question:
        "Squeezed far beyond a megabar it takes a hexagonal structure (hP4). What does the gap do there when it is squeezed further?",
      answer:
        "It opens and grows: the electrons are pushed out of the atoms' way into the holes of the crystal and stay there. These are computed gaps, and the functional (PBE) makes gaps too small.",
      facts: [allPressures(SODIUM, "band_gap_ev", "computed gap")],
      look: {
        words: "Find the pressure where it opens",
        place: writePlace("pressure", SODIUM, { p: "240" }),
      },
    },
    {
      question: "The network of tunnels: does it tighten or loosen on the way?",
      answer: "The networking value phi falls as the electrons gather in separate places.",
      facts: [allPressures(SODIUM, "phi", "phi")],
      look: { words: "The crystal with its tunnels", place: writePlace("crystal", SODIUM) },
    },
    {
      question:
        "The paper says that compression never makes a metal a worse conductor. What do the data say?",
      answer: "Sodium is not alone.",
      facts: [statement("B10"), numbers("B10")],
      look: { words: "The exceptions, one by one", place: writePlace("scorecard", "B10") },
    },
  ],
};

const DRUDE: Story = {
  id: "drude",
  title: "Drude against pressure",
  lead: "Does a squeezed wire conduct better, and who foresaw it?",
  steps: [
    {
      question:
        "If electrons collide with atoms, and the atoms stand closer, should a metal resist more or less?",
      answer:
        "The paper says: more, and takes the measured fall as a refutation. The collision model of today has vibrations in it, which stiffen under pressure, and so foresees a fall too.",
      facts: [statement("A4")],
      look: {
        words: "Copper: two laws over the measured dots",
        place: writePlace("theories", "", { metal: "Cu" }),
      },
    },
    {
      question: "Do all metals conduct better when squeezed?",
      answer: "No. The tunnel theory's rule, always falling, misses these.",
      facts: [casesWith("A4", "sign", "rises", "resistance rises in")],
      look: { words: "The figure and its rows", place: writePlace("scorecard", "A4") },
    },
    {
      question: "Which side has the measured signs right more often?",
      answer: "Look at the intervals before you decide.",
      facts: [numbers("A4")],
      look: { words: "How it is judged", place: writePlace("scorecard", "A4") },
    },
    {
      question:
        "Heating widens the spacing and squeezing narrows it. If spacing is all, the two slopes agree. Do they?",
      answer: "This is a test that tells the theories apart.",
      facts: [numbers("B5"), verdicts("B5")],
      look: { words: "The claim on spacing", place: writePlace("scorecard", "B5") },
    },
  ],
};

const MEISSNER: Story = {
  id: "meissner",
  title: "The Meissner test",
  lead: "A magnet over a cold metal tells zero resistance from superconductivity.",
  steps: [
    {
      question:
        "Put a metal into a magnetic field, then cool it until its resistance is gone. If nothing but the resistance vanished, what becomes of the flux inside?",
      answer:
        "It stays. Without resistance no voltage can arise, and so the flux can no longer change: what was inside remains inside.",
      facts: [statement("B12")],
      look: { words: "The claim", place: writePlace("scorecard", "B12") },
    },
    {
      question: "And in the experiment?",
      answer:
        "The flux leaves. London's equation has it so; zero resistance alone does not. How much is left in a small cylinder, by both:",
      facts: [numbers("B12")],
      look: { words: "Numbers, metals and sources", place: writePlace("scorecard", "B12") },
    },
    {
      question:
        "A strong field ends superconductivity. Which theory has the size and the shape of that limit?",
      answer: "Fitted to every other measured point, judged on the ones left out.",
      facts: [numbers("B14")],
      look: {
        words: "Critical field of tin against temperature",
        place: writePlace("theories", "", { of: "hc", element: "Sn" }),
      },
    },
  ],
};

const VERDICT: Story = {
  id: "verdict",
  title: "Read a verdict",
  lead: "How a claim is judged here, and how to disagree.",
  steps: [
    {
      question: "When must a rule be written: before or after the numbers are seen?",
      answer: "Before. Whoever writes it afterwards can have any verdict. The rules of claim A4:",
      facts: [statement("A4"), rules("A4")],
      look: { words: "Claim A4", place: writePlace("scorecard", "A4") },
    },
    {
      question: "What does the interval behind a number say?",
      answer:
        "Where the number would lie had other metals been measured. Only an interval that is wholly inside a range decides.",
      facts: [numbers("A4")],
      look: { words: "The figure", place: writePlace("scorecard", "A4") },
    },
    {
      question: "What would change the verdict?",
      answer: "It is written beside each number.",
      facts: [wouldChange("A4")],
      look: {
        words: "All claims that are undecided",
        place: writePlace("scorecard", "", { verdict: "undecided" }),
      },
    },
    {
      question: "A claim that both theories foresee comes true. Does it support one of them?",
      answer: "It does not tell them apart, and is called so.",
      facts: [statement("B1"), verdicts("B1")],
      look: {
        words: "Claims that were bound to hold",
        place: writePlace("scorecard", "", { verdict: "necessary, not telling" }),
      },
    },
  ],
};

export const STORIES: readonly Story[] = [TUNNEL, HYDRIDE, TRANSPARENT, DRUDE, MEISSNER, VERDICT];

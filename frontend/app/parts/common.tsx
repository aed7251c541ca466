// What every view is made of: headings, waiting, problems, unknown values.

import type { ComponentChildren } from "preact";
import type { Answer, Problem } from "../api.ts";
import { unitText } from "./units.ts";

export function ProblemLine({ problem }: { problem: Problem }) {
  return (
    <p class="problem" role="alert">
      {problem.message}
    </p>
  );
}

interface ShownProps<T> {
  answer: Answer<T>;
  what: string;
  children: (value: T) => ComponentChildren;
}

/** An answer once it is there; before that what is waited for, or why there is none. */
export function Shown<T>({ answer, what, children }: ShownProps<T>) {
  if (answer.problem) return <ProblemLine problem={answer.problem} />;
  if (answer.value === undefined) return <Waiting what={what} />;
  return (
    <div aria-busy={answer.loading} class={answer.loading ? "fading" : undefined}>
      {children(answer.value)}
    </div>
  );
}

/** What may be wider or longer than its place; the keyboard scrolls it too. */
export function Scrolls({ of, kind, children }: { of: string; kind: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a focus the keyboard could not scroll it
    <section class={kind} aria-label={of} tabIndex={0}>
      {children}
    </section>
  );
}

export function Waiting({ what }: { what: string }) {
  return (
    <p class="waiting" role="status">
      <span class="spinner" aria-hidden="true" /> {what} …
    </p>
  );
}

/** A number with its unit; a dash with words for a screen reader where it is unknown. */
export function Value({
  value,
  unit,
  digits = 4,
}: {
  value: number | null | undefined;
  unit?: string;
  digits?: number;
}) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return (
      <span>
        <span aria-hidden="true">–</span>
        <span class="unseen">unknown</span>
      </span>
    );
  }
  return (
    <span class="number">
      {shown(value, digits)}
      {unit ? ` ${unitText(unit)}` : ""}
    </span>
  );
}

/** Up to so many digits that count, without an exponent where a person would write none. */
export function shown(value: number, digits = 4): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(Math.max(0, digits - 2)).replace("e+", "e");
  return String(Number(value.toPrecision(digits)));
}

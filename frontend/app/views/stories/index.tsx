// Guided tours: a question, a guess, then the answer with the numbers it rests on and the view that shows it.

import { useEffect, useRef } from "preact/hooks";
import { usePlace, useSetting, withStory, writePlace } from "../../address.ts";
import { useAnswer } from "../../api.ts";
import { Shown } from "../../parts/common.tsx";
import type { ViewProps } from "../../views.ts";
import type { Fact } from "./facts.ts";
import { STORIES, type Step, type Story } from "./told.ts";

export default function StoriesView({ subject }: ViewProps) {
  const story = STORIES.find((one) => one.id === subject);
  if (story) return <Told key={story.id} story={story} />;
  return (
    <>
      <h1>Stories</h1>
      <p class="lead">Six tours of some three minutes. Each step asks first and answers when you say so.</p>
      {subject && (
        <p class="problem" role="alert">
          There is no story {subject}; these are all:
        </p>
      )}
      <ul class="cards">
        {STORIES.map((one) => (
          <li key={one.id}>
            <a href={writePlace("stories", one.id)}>
              <strong>{one.title}</strong>
              <span>{one.lead}</span>
              <span>{one.steps.length} steps</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Told({ story }: { story: Story }) {
  const { query } = usePlace();
  const asked = Math.floor(Number(query.get("step") ?? "1")) || 1;
  const number = Math.min(story.steps.length, Math.max(1, asked));
  const step = story.steps[number - 1] as Step;
  const at = (to: number) => writePlace("stories", story.id, { step: String(to) });
  return (
    <article class="story">
      <p>
        <a href={writePlace("stories")}>All stories</a>
      </p>
      <h1>{story.title}</h1>
      <p class="faint">
        Step {number} of {story.steps.length}
      </p>
      <progress aria-label="How far the story is" value={number} max={story.steps.length} />
      <Asked key={number} step={step} back={`${story.id}.${number}`} moved={query.has("step")} />
      <nav class="row" aria-label="Steps">
        {number > 1 && <a href={at(number - 1)}>Step before</a>}
        {number < story.steps.length && <a href={at(number + 1)}>Next step</a>}
        {number === story.steps.length && <a href={writePlace("stories")}>The end: other stories</a>}
      </nav>
    </article>
  );
}

function Asked({ step, back, moved }: { step: Step; back: string; moved: boolean }) {
  const [open, setOpen] = useSetting("answer");
  const question = useRef<HTMLHeadingElement>(null);
  const answer = useRef<HTMLParagraphElement>(null);
  // A step that was walked to is read from its question on.
  useEffect(() => {
    if (moved) question.current?.focus();
  }, [moved]);
  const reveal = () => {
    setOpen("shown");
    requestAnimationFrame(() => answer.current?.focus());
  };
  return (
    <section class="panel">
      <h2 ref={question} tabIndex={-1}>
        {step.question}
      </h2>
      <p>
        <a href={withStory(step.look.place, back)}>{step.look.words}</a>
      </p>
      {open === "shown" ? (
        <>
          <p ref={answer} tabIndex={-1} class="answer">
            {step.answer}
          </p>
          {step.facts.map((fact) => (
            <Facts key={fact.id} fact={fact} />
          ))}
        </>
      ) : (
        <button type="button" class="main" onClick={reveal}>
          Show the answer
        </button>
      )}
    </section>
  );
}

function Facts({ fact }: { fact: Fact }) {
  const answer = useAnswer<unknown>(fact.path);
  return (
    <Shown answer={answer} what={fact.what}>
      {(document) => (
        <dl class="facts">
          {fact.lines(document).map((line) => (
            <div class="pair" key={`${line.words}${line.value}`}>
              <dt>{line.words}</dt>
              <dd>{line.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Shown>
  );
}

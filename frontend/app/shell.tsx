// What stays on the page while views come and go.

import { lazy, Suspense } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { storyOf, usePlace, writePlace } from "./address.ts";
import { Waiting } from "./parts/common.tsx";
import { savePage } from "./parts/page.ts";
import { VIEWS } from "./views.ts";

const PARTS = new Map(VIEWS.map((view) => [view.name, lazy(view.load)]));

export function Shell() {
  const place = usePlace();
  const view = VIEWS.find((one) => one.name === place.view) ?? VIEWS[0];
  const back = storyOf(place);
  const Part = PARTS.get(view.name);
  useEffect(() => {
    document.title = `${place.subject ? `${place.subject} · ` : ""}${view.title} · Isotunnel`;
  }, [view, place.subject]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        Skip to the view
      </button>
      <header class="top">
        <a class="name" href="#/">
          Isotunnel
        </a>
        <nav aria-label="Views">
          {VIEWS.filter((one) => one.inMenu).map((one) => (
            <a href={writePlace(one.name)} aria-current={one === view ? "page" : undefined} key={one.name}>
              {one.title}
            </a>
          ))}
        </nav>
        <button type="button" class="save" onClick={savePage}>
          Save page
        </button>
        <Theme />
      </header>
      <main id="main" tabIndex={-1}>
        {back && (
          <p class="back">
            <a href={back}>Back to the story</a>
          </p>
        )}
        <Suspense fallback={<Waiting what="opening the view" />}>
          {Part && <Part key={view.name} subject={place.subject} />}
        </Suspense>
      </main>
    </>
  );
}

function Theme() {
  const [theme, setTheme] = useState(() => localStorage.getItem("theme") ?? "system");
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
  }, [theme]);
  return (
    <label class="theme">
      <span class="unseen">Colours</span>
      <select value={theme} onChange={(event) => setTheme(event.currentTarget.value)}>
        <option value="system">as the system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </label>
  );
}

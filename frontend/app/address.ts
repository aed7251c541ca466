// The state of every view is in the address: #/diagram/Pb?theory=bcs&p=10

import { useCallback, useLayoutEffect, useState } from "preact/hooks";

export interface Place {
  view: string;
  /** What the view is about: a substance, a crystal, a claim. */
  subject: string;
  query: URLSearchParams;
}

export function readPlace(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...subject] = path.split("/");
  let named = subject.join("/");
  try {
    named = decodeURIComponent(named);
  } catch {
    // a stray percent sign stands for itself
  }
  return { view, subject: named, query: new URLSearchParams(query) };
}

export function writePlace(view: string, subject = "", query: URLSearchParams | Record<string, string> = {}) {
  const asked = new URLSearchParams(query).toString();
  const about = subject ? `/${encodeURIComponent(subject)}` : "";
  return `#/${view}${about}${asked ? `?${asked}` : ""}`;
}

/** A place that remembers from which step of which story it was opened. */
export function withStory(place: string, step: string): string {
  return `${place}${place.includes("?") ? "&" : "?"}story=${encodeURIComponent(step)}`;
}

/** The story's step that a place was opened from, as a place. */
export function storyOf(place: Place): string | undefined {
  const [id = "", step = ""] = (place.query.get("story") ?? "").split(".");
  return id ? writePlace("stories", id, { step, answer: "shown" }) : undefined;
}

const CHANGED = "isotunnel:place";

export function usePlace(): Place {
  const [place, setPlace] = useState(() => readPlace(location.hash));
  // An effect runs after the form is on the screen, and misses what is typed until then.
  useLayoutEffect(() => {
    const follow = () => setPlace(readPlace(location.hash));
    addEventListener("hashchange", follow);
    addEventListener(CHANGED, follow);
    return () => {
      removeEventListener("hashchange", follow);
      removeEventListener(CHANGED, follow);
    };
  }, []);
  return place;
}

/** One value of the address; an empty one, or the usual one, is left out of it. Makes no step back. */
export function useSetting(name: string, usual = ""): [string, (value: string) => void] {
  const place = usePlace();
  const value = place.query.get(name) ?? usual;
  const set = useCallback(
    (next: string) => {
      const { view, subject, query } = readPlace(location.hash);
      if (next === usual) query.delete(name);
      else query.set(name, next);
      history.replaceState(null, "", writePlace(view, subject, query));
      dispatchEvent(new Event(CHANGED));
    },
    [name, usual],
  );
  return [value, set];
}

// Laws of the address: what is written is read again.

import { expect, test } from "vitest";
import { readPlace, storyOf, withStory, writePlace } from "../app/address.ts";

test.each([
  ["diagram", "Pb", { theories: "bcs,tunnel-ks", p: "10" }],
  ["pressure", "H3S@200GPa", {}],
  ["table", "", { find: "phi > 0.5 & x/y?", sort: "phi" }],
  ["crystal", "a/b c%", { q: "ü" }],
])("%s %s", (view, subject, query) => {
  const place = readPlace(writePlace(view, subject, query as Record<string, string>));
  expect(place.view).toBe(view);
  expect(place.subject).toBe(subject);
  expect(Object.fromEntries(place.query)).toEqual(query);
});

test("a stray percent sign is itself", () => {
  expect(readPlace("#/diagram/100%").subject).toBe("100%");
});

test("a place opened from a story leads back to the step", () => {
  const place = withStory(writePlace("pressure", "Xe", { p: "3" }), "sodium.2");
  const read = readPlace(place);
  expect(read.query.get("p")).toBe("3");
  expect(storyOf(read)).toBe(writePlace("stories", "sodium", { step: "2", answer: "shown" }));
  expect(storyOf(readPlace("#/pressure/Xe"))).toBeUndefined();
});

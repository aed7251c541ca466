// Laws of the address: what is written is read again.

import { expect, test } from "vitest";
import { readPlace, writePlace } from "../app/address.ts";

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

import { expect, it } from "vitest";
import { classOf, colourOf, DIFFERENCE, RESPONSE } from "./scales.ts";

it("puts a value on an edge into the class below it", () => {
  expect(classOf(RESPONSE, 8 * 60)).toBe(0);
  expect(classOf(RESPONSE, 8 * 60 + 0.1)).toBe(1);
  expect(classOf(RESPONSE, 99 * 60)).toBe(RESPONSE.colours.length - 1);
});

it("has one colour more than edges, and none for what is not known", () => {
  for (const scale of [RESPONSE, DIFFERENCE]) expect(scale.colours).toHaveLength(scale.edges.length + 1);
  expect(colourOf(RESPONSE, null)).toBeNull();
  expect(colourOf(RESPONSE, Number.NaN)).toBeNull();
});

it("is white around no difference", () => {
  expect(colourOf(DIFFERENCE, 0)).toBe("#f8f8f6");
  expect(colourOf(DIFFERENCE, -300)).toBe(DIFFERENCE.colours[0]);
});

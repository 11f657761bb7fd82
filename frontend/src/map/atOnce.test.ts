import { expect, it } from "vitest";
import { atOnce } from "./atOnce.ts";

it("is the most that are at work at once in one hour in ten", () => {
  expect(atOnce([0.7, 0.15, 0.1, 0.03, 0.02, 0])).toBe(2);
  expect(atOnce([0.91, 0.04, 0.03, 0.02, 0, 0])).toBe(0);
  expect(atOnce([0, 0, 0, 0, 0, 1])).toBe(5);
});

it("counts the hour in ten itself, and nobody where nothing is known", () => {
  expect(atOnce([0.9, 0.1, 0, 0, 0, 0])).toBe(1);
  expect(atOnce([])).toBe(0);
});

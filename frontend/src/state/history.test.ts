import { expect, it } from "vitest";
import { back, begin, forth, step } from "./history.ts";

it("goes back to where it was and forth again", () => {
  const two = step(step(begin("a"), "b"), "c");
  expect(back(two).now).toBe("b");
  expect(back(back(two)).now).toBe("a");
  expect(back(back(back(two))).now).toBe("a");
  expect(forth(back(two))).toEqual(two);
});

it("forgets what came after when another step is taken", () => {
  const other = step(back(step(begin("a"), "b")), "c");
  expect(other).toEqual({ past: ["a"], now: "c", future: [] });
  expect(forth(other)).toBe(other);
});

it("keeps two hundred steps", () => {
  let history = begin(0);
  for (let number = 1; number <= 300; number += 1) history = step(history, number);
  expect(history.past).toHaveLength(200);
  expect(history.past[0]).toBe(100);
});

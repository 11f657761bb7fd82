import { expect, it } from "vitest";
import { atMinute, clockAfter } from "./minutes.ts";

it("has the last figure that is known by a minute", () => {
  const of = (minute: number) => atMinute([0, 5, 10], [1, 2, 4], minute);
  expect([-5, 0, 4, 5, 9, 10, 60].map(of)).toEqual([1, 1, 1, 2, 2, 4, 4]);
});

it("tells the time of day, past midnight too", () => {
  const evening = Date.parse("2026-01-05T23:50:00Z");
  expect(clockAfter(evening, 5)).toBe("23:55");
  expect(clockAfter(evening, 20)).toBe("00:10");
});

import { expect, it } from "vitest";
import { aboutNow, parseNumbers } from "./numbersOf.ts";

it("tries half as many, as many and twice as many as there are now", () => {
  expect(aboutNow(6)).toEqual([3, 6, 12]);
  expect(aboutNow(0)).toEqual([0.5, 1, 2]);
});

it("reads numbers in any order, and none where one of them is no number of tasks", () => {
  expect(parseNumbers("8, 4 16;4")).toEqual([4, 8, 16]);
  for (const wrong of ["", "0", "-1", "4,x", "1001", "1,2,3,4,5,6,7,8,9"])
    expect(parseNumbers(wrong)).toBeUndefined();
});

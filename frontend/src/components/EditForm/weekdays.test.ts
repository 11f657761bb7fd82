import { expect, it } from "vitest";
import { parseWeekdays, writeWeekdays } from "./weekdays.ts";

it.each(["mon-sun", "mon-fri", "sat-sun", "mon;wed", "mon-tue;thu;sat-sun", ""])(
  "reads and writes %j",
  (text) => {
    expect(writeWeekdays(parseWeekdays(text))).toBe(text);
  },
);

it("knows Monday first", () => {
  expect(parseWeekdays("mon;sun")).toEqual([true, false, false, false, false, false, true]);
});

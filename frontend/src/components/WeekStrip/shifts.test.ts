import { describe, expect, it } from "vitest";
import { EMPTY_WEEK, hourAt, painted } from "./hours.ts";
import { addRoster, shiftsOf, weekOfTexts } from "./shifts.ts";

const hours = (day: number, from: number, lastDay: number, to: number, week = EMPTY_WEEK) =>
  painted(week, hourAt(day, from), hourAt(lastDay, to - 1), true);

describe("painted hours", () => {
  it("are shifts on the days on which they start", () => {
    expect(shiftsOf(EMPTY_WEEK)).toEqual([]);
    expect(shiftsOf(hours(0, 8, 4, 20))).toEqual(["mon-fri 08:00-20:00"]);
    expect(shiftsOf(hours(5, 10, 5, 18, hours(0, 8, 4, 20)))).toEqual([
      "mon-fri 08:00-20:00",
      "sat 10:00-18:00",
    ]);
    expect(shiftsOf(hours(0, 0, 6, 24))).toEqual(["mon-sun 00:00-24:00"]);
  });

  it("run past midnight and round the end of the week, and a shift is never a day or longer", () => {
    const night = hours(6, 20, 6, 24, hours(0, 0, 0, 8));
    expect(shiftsOf(night)).toEqual(["sun 20:00-08:00"]);
    const weekend = hours(4, 18, 4, 24, hours(5, 0, 6, 24, hours(0, 0, 0, 6)));
    expect(shiftsOf(weekend).toSorted()).toEqual([
      "fri 18:00-24:00",
      "mon 00:00-06:00",
      "sat-sun 00:00-24:00",
    ]);
  });

  it("are the same when their shifts are read again", () => {
    let seed = 7;
    for (let round = 0; round < 50; round += 1) {
      const week = EMPTY_WEEK.map(() => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % 3 > round % 3;
      });
      expect(weekOfTexts(shiftsOf(week))).toEqual(week);
    }
    expect(weekOfTexts(["mon 08:00", "nonsense"])).toEqual(EMPTY_WEEK);
  });

  it("become a roster that is called after its hours", () => {
    const made = addRoster(hours(0, 8, 4, 20), ["mon-fri-08-20"]);
    expect(made).toEqual({ edit: "add_roster", id: "mon-fri-08-20-2", shifts: ["mon-fri 08:00-20:00"] });
  });
});

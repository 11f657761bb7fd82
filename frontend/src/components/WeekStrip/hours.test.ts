import { describe, expect, it } from "vitest";
import { EMPTY_WEEK, hourAt, hoursOn, nearestRoster, painted, weekOf } from "./hours.ts";

const shift = (weekdays: number[], start: number, end: number) => ({
  weekdays,
  start_s: start * 3600,
  end_s: end * 3600,
});
const roster = (id: string, shifts: ReturnType<typeof shift>[]) => ({ id, text: { en: id }, shifts });
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

describe("the hours of a roster", () => {
  it("are those of its shifts, also past midnight and round the end of the week", () => {
    expect(hoursOn(weekOf([shift(EVERY_DAY, 0, 24)]))).toBe(168);
    expect(hoursOn(weekOf([shift([1, 2, 3, 4, 5], 8, 20)]))).toBe(60);
    const night = weekOf([shift([7], 20, 8)]);
    expect(hoursOn(night)).toBe(12);
    expect(night[hourAt(6, 23)]).toBe(true);
    expect(night[hourAt(0, 7)]).toBe(true);
    expect(night[hourAt(0, 8)]).toBe(false);
  });

  it("find the roster that has them, or the nearest and how far it is", () => {
    const rosters = [roster("all-day", [shift(EVERY_DAY, 0, 24)]), roster("day", [shift(EVERY_DAY, 8, 20)])];
    const exact = painted(EMPTY_WEEK, hourAt(0, 8), hourAt(6, 19), true);
    expect(nearestRoster(exact, rosters)).toMatchObject({ roster: { id: "day" }, apart: 0 });
    const later = painted(exact, hourAt(0, 20), hourAt(6, 20), true);
    expect(nearestRoster(later, rosters)).toMatchObject({ roster: { id: "day" }, apart: 7 });
    expect(nearestRoster(exact, [])).toBeNull();
  });
});

// The 168 hours of a week, Monday 00 first, and the rosters that cover them.
import type { Roster } from "../shapes.ts";

export const DAYS = 7;
export const HOURS = 24;
const DAY_S = 86_400;
const HOUR_S = 3_600;

export type Week = readonly boolean[];

export const EMPTY_WEEK: Week = Array.from({ length: DAYS * HOURS }, () => false);

export const hourAt = (day: number, hour: number): number => day * HOURS + hour;

type Shift = Roster["shifts"][number];

/** Hours in which somebody of these shifts is on duty; a shift that ends before it begins ends the next day. */
export function weekOf(shifts: readonly Shift[]): Week {
  const week = [...EMPTY_WEEK];
  for (const shift of shifts) {
    const length =
      shift.end_s > shift.start_s ? shift.end_s - shift.start_s : shift.end_s + DAY_S - shift.start_s;
    for (const weekday of shift.weekdays) {
      const start = ((weekday - 1) * DAY_S + shift.start_s) / HOUR_S;
      const [first, last] = [Math.floor(start), Math.ceil(start + length / HOUR_S)];
      for (let hour = first; hour < last; hour += 1) week[hour % week.length] = true;
    }
  }
  return week;
}

export const hoursOn = (week: Week): number => week.filter(Boolean).length;

/** Hours in which two weeks differ. */
export const hoursApart = (one: Week, other: Week): number =>
  one.filter((on, hour) => on !== other[hour]).length;

export interface Match {
  readonly roster: Roster;
  readonly apart: number;
}

/** The roster whose hours are nearest to these, and by how many hours a week it differs. */
export function nearestRoster(week: Week, rosters: readonly Roster[]): Match | null {
  const matches = rosters.map((roster) => ({ roster, apart: hoursApart(week, weekOf(roster.shifts)) }));
  return matches.reduce<Match | null>((best, one) => (best && best.apart <= one.apart ? best : one), null);
}

/** The same week with all hours between two corners on or off. */
export function painted(week: Week, from: number, to: number, on: boolean): Week {
  const place = (hour: number) => ({ day: Math.floor(hour / HOURS), hour: hour % HOURS });
  const [a, b] = [place(from), place(to)];
  const [top, bottom] = [Math.min(a.day, b.day), Math.max(a.day, b.day)];
  const [left, right] = [Math.min(a.hour, b.hour), Math.max(a.hour, b.hour)];
  return week.map((was, hour) => {
    const here = place(hour);
    const isInside = here.day >= top && here.day <= bottom && here.hour >= left && here.hour <= right;
    return isInside ? on : was;
  });
}

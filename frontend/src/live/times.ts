// Moments and ages as they are said on the page: whole minutes, so that nothing changes more often than that.
import { HOURS, WHOLE_MINUTES } from "../numbers/forms.ts";
import type { Numbers } from "../numbers/format.ts";

const WALL = new Intl.DateTimeFormat("nb", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Europe/Oslo", // the clock on the wall, as rosters have it
});

export const clock = (ms: number) => WALL.format(ms);

const LONG_S = 3 * 3600;

/** A length of time, rounded down. */
export function age(numbers: Numbers, seconds: number): string {
  if (seconds >= LONG_S) return numbers.text(Math.floor(seconds / 3600), HOURS);
  return numbers.text(Math.floor(Math.max(seconds, 0) / 60) * 60, WHOLE_MINUTES);
}

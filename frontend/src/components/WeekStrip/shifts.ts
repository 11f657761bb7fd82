// Hours of a week as shifts of a roster, written as edits write them, and back.
import { idOf } from "../../state/saving.ts";
import { parseWeekdays, writeWeekdays } from "../EditForm/weekdays.ts";
import type { Edit } from "../shapes.ts";
import { DAYS, hourAt, HOURS, weekOf, type Week } from "./hours.ts";

const WHOLE = DAYS * HOURS;
const SHIFT = /^(\S+)\s+(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)$/;

interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** Unbroken hours on duty, round the end of the week, cut at midnight where they last a day or longer. */
function stretchesOf(week: Week): readonly Stretch[] {
  if (week.every(Boolean))
    return Array.from({ length: DAYS }, (_, day) => ({ start: hourAt(day, 0), length: HOURS }));
  return week.flatMap((on, start) => {
    if (!on || week[(start + WHOLE - 1) % WHOLE]) return [];
    let length = 1;
    while (week[(start + length) % WHOLE]) length += 1;
    return length < HOURS ? [{ start, length }] : cutAtMidnight(start, length);
  });
}

function cutAtMidnight(start: number, length: number): readonly Stretch[] {
  const parts: Stretch[] = [];
  for (let done = 0; done < length;) {
    const part = Math.min(HOURS - ((start + done) % HOURS), length - done);
    parts.push({ start: (start + done) % WHOLE, length: part });
    done += part;
  }
  return parts;
}

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** The shifts that cover exactly these hours, such as `mon-fri 08:00-20:00`; none for a week without hours. */
export function shiftsOf(week: Week): readonly string[] {
  const days = new Map<string, boolean[]>();
  for (const { start, length } of stretchesOf(week)) {
    const end = (start % HOURS) + length;
    const hours = `${clock(start % HOURS)}-${clock(end > HOURS ? end - HOURS : end)}`;
    const on = days.get(hours) ?? Array.from({ length: DAYS }, () => false);
    on[Math.floor(start / HOURS)] = true;
    days.set(hours, on);
  }
  return [...days].map(([hours, on]) => `${writeWeekdays(on)} ${hours}`);
}

/** The hours of the week that shifts touch; what is no shift has none. */
export function weekOfTexts(shifts: readonly string[]): Week {
  return weekOf(
    shifts.flatMap((shift) => {
      const [, days = "", h1, m1, h2, m2] = SHIFT.exec(shift.trim()) ?? [];
      const weekdays = parseWeekdays(days).flatMap((on, day) => (on ? [day + 1] : []));
      const seconds = (hours?: string, minutes?: string) => Number(hours) * 3600 + Number(minutes) * 60;
      return weekdays.length > 0 ? [{ weekdays, start_s: seconds(h1, m1), end_s: seconds(h2, m2) }] : [];
    }),
  );
}

/** The edit that makes a roster of these hours, called after them. */
export function addRoster(week: Week, taken: readonly string[]): Edit {
  const shifts = shiftsOf(week);
  return { edit: "add_roster", id: rosterId(shifts, taken), shifts };
}

export const rosterId = (shifts: readonly string[], taken: readonly string[]): string =>
  idOf(shifts.join(" ").replaceAll(":00", ""), taken);

/** A year of days cut into months. */

export interface Month {
  /** Number of its first day in the calendar, from 0. */
  first: number;
  /** 0 for January. */
  month: number;
  /** Day of the month on which it begins here, 1 but for the first one. */
  firstDate: number;
  days: (readonly number[])[];
}

/** `start` is the first day, as 2026-01-01. */
export function monthsOf(start: string, levels: readonly (readonly number[])[]): Month[] {
  const [year = 2000, month = 1, date = 1] = start.split("-").map(Number);
  const months: Month[] = [];
  levels.forEach((hours, day) => {
    const now = new Date(Date.UTC(year, month - 1, date + day));
    const last = months.at(-1);
    if (!last || now.getUTCDate() === 1) {
      months.push({ first: day, month: now.getUTCMonth(), firstDate: now.getUTCDate(), days: [hours] });
    } else {
      last.days.push(hours);
    }
  });
  return months;
}

/** Share of all hours with at least one unit from outside. */
export function shareWithHelp(levels: readonly (readonly number[])[]): number {
  const hours = levels.flat();
  return hours.length === 0 ? 0 : hours.filter((level) => level > 0).length / hours.length;
}

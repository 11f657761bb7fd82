// Simultaneity as one number: how many units from outside are at work at once, not always, but often enough to plan for.

/** One clock hour in so many. */
export const HOURS_APART = 10;

/** The largest number that is reached in at least one clock hour in ten; `hours[n]` is the share of hours with n. */
export function atOnce(hours: readonly number[]): number {
  let share = 0;
  for (let number = hours.length - 1; number > 0; number -= 1) {
    share += hours[number] ?? 0;
    if (share * HOURS_APART >= 1) return number;
  }
  return 0;
}

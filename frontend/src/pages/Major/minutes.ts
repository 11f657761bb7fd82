// Figures that are known at some minutes, at any minute.

/** The last value that is known by a minute; the first before all. */
export function atMinute(
  minutes: readonly number[],
  values: readonly number[],
  minute: number,
): number | undefined {
  let found = values[0];
  minutes.forEach((one, index) => {
    if (one <= minute) found = values[index];
  });
  return found;
}

const DAY_MIN = 1440;

/** The time of day so many minutes after a moment, "17:35"; the moment is in milliseconds, as if it were UTC. */
export function clockAfter(start: number, minutes: number): string {
  const all = Math.floor(start / 60_000 + minutes);
  const minute = ((all % DAY_MIN) + DAY_MIN) % DAY_MIN;
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

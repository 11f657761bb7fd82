// Days of the week as the tables write them: mon-sun, mon-fri, mon;wed.
const NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Seven flags, Monday first. */
export function parseWeekdays(text: string): boolean[] {
  const days = NAMES.map(() => false);
  for (const part of text.split(";")) {
    const [first = "", last = first] = part.trim().split("-");
    const [from, to] = [NAMES.indexOf(first), NAMES.indexOf(last)];
    if (from < 0 || to < 0) continue;
    for (let day = from; day <= to; day += 1) days[day] = true;
  }
  return days;
}

/** The shortest way to write them: runs of three and more as a span. */
export function writeWeekdays(days: readonly boolean[]): string {
  const parts: string[] = [];
  for (let day = 0; day < NAMES.length; day += 1) {
    if (!days[day]) continue;
    let last = day;
    while (days[last + 1]) last += 1;
    const [from = "", to = ""] = [NAMES[day], NAMES[last]];
    parts.push(...(last - day >= 1 ? [`${from}-${to}`] : [from]));
    day = last;
  }
  return parts.join(";");
}

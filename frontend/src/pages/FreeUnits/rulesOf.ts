// The rules that are asked about: those that are ticked, with the settings that were typed.

const MOST_RULES = 10;
const WITH_BUSY = ["dmexclp", "zhang"];
const DOUBLE = "ddsm";

/** What may be typed, in per cent: how busy a unit is taken to be, and how wide the outer standard is. */
export interface Settings {
  readonly busy: string;
  readonly outer: string;
}

export const asksBusy = (rules: readonly string[]): boolean => rules.some((rule) => WITH_BUSY.includes(rule));
export const asksOuter = (rules: readonly string[]): boolean => rules.includes(DOUBLE);

/** Per cents with commas, semicolons or spaces between, as shares; undefined where one of them cannot be. */
function parsePercents(text: string, least: number, most: number): readonly number[] | undefined {
  const typed = text.split(/[,;%\s]+/).filter(Boolean);
  const found = [...new Set(typed.map(Number))];
  const isFine = found.every((one) => one >= least && one <= most);
  return isFine ? found.map((one) => one / 100) : undefined;
}

/** Every ticked rule as the server reads it, once for each of its settings; undefined where something typed is wrong. */
export function rulesOf(ticked: readonly string[], typed: Settings): readonly string[] | undefined {
  const busy = asksBusy(ticked) ? parsePercents(typed.busy, 0, 99) : [];
  const outer = asksOuter(ticked) ? parsePercents(typed.outer, 100, 1000) : [];
  if (!busy || !outer) return undefined;
  const settingsOf = (rule: string) => (WITH_BUSY.includes(rule) ? busy : rule === DOUBLE ? outer : []);
  const rules = ticked.flatMap((rule) => {
    const settings = settingsOf(rule);
    return settings.length > 0 ? settings.map((one) => `${rule}:${one}`) : [rule];
  });
  return rules.length <= MOST_RULES ? rules : undefined;
}

// Numbers of tasks a day that are tried.

const MOST = 8;
const MOST_A_DAY = 1000;

/** Half as many as there are now, as many, and twice as many. */
export const aboutNow = (perDay: number): readonly number[] => {
  const now = perDay > 0 ? perDay : 1;
  return [now / 2, now, now * 2].filter((one) => one <= MOST_A_DAY);
};

/** Numbers that were typed with commas, semicolons or spaces between; undefined where one of them is none. */
export function parseNumbers(text: string): readonly number[] | undefined {
  const found = [...new Set(text.split(/[,;\s]+/).filter(Boolean))].map(Number);
  const isFine =
    found.length > 0 && found.length <= MOST && found.every((one) => one > 0 && one <= MOST_A_DAY);
  return isFine ? found.toSorted((one, other) => one - other) : undefined;
}

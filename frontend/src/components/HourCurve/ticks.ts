/** Round figures that hold all the given ones, about `count` steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(values: readonly number[], count: number, fromZero = false): number[] {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return [0, 1];
  const least = fromZero ? Math.min(0, ...known) : Math.min(...known);
  const most = Math.max(...known);
  const width = most - least || Math.abs(most) || 1;
  const step = niceStep(width / count);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, number) => (first + number) * step);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10;
  return step * power;
}

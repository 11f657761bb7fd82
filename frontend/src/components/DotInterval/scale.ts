/** From a figure to a place on a line. */
import type { Estimate } from "../shapes.ts";

export interface Domain {
  low: number;
  high: number;
}

/** Room on either side of what is shown, as a share of its width. */
const ROOM = 0.12;

/** The ends of all figures and intervals, and of `included`, with some room around them. */
export function domainOf(estimates: readonly Estimate[], included: readonly number[] = []): Domain {
  const ends = estimates.flatMap((one) => [one.value, one.low ?? one.value, one.high ?? one.value]);
  const known = [...ends, ...included].filter((one) => one !== null && Number.isFinite(one)) as number[];
  if (known.length === 0) return { low: 0, high: 1 };
  const low = Math.min(...known);
  const high = Math.max(...known);
  const width = high - low || Math.abs(high) * 0.1 || 1;
  return { low: low - ROOM * width, high: high + ROOM * width };
}

/** The smallest domain that holds both: one that has been shown never shrinks, so that intervals are seen to. */
export function widened(shown: Domain | null, asked: Domain): Domain {
  if (!shown) return asked;
  return { low: Math.min(shown.low, asked.low), high: Math.max(shown.high, asked.high) };
}

/** Place of a figure on a line of this length. */
export function placeOn(domain: Domain, length: number): (value: number) => number {
  return (value) => ((value - domain.low) / (domain.high - domain.low)) * length;
}

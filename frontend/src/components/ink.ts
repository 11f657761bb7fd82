// The colour of an alternative, the same in lists, charts and maps: today is always grey.
import { ALTERNATIVE_COUNT } from "../theme/scales.ts";

/** A CSS colour. `colour` is 0 for today, and counts the others from 1. */
export function inkOf(colour: number): string {
  return colour <= 0 ? "var(--alt-today)" : `var(--alt-${(colour - 1) % ALTERNATIVE_COUNT})`;
}

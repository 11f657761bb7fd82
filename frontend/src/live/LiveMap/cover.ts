// Squares by how many free units reach them in time: where nobody does stands out, where many do steps back.
import type { Horizon } from "../api/types.ts";

export const STEPS = ["none", "one", "two", "more"] as const;

const DARK = ["#84481f", "#57503f", "#31475b", "#2a3640"];
const LIGHT = ["#e39a66", "#f1deb9", "#c9dce9", "#dfe7ea"];

export const coverInks = (dark: boolean): readonly string[] => (dark ? DARK : LIGHT);

export function coverColours({ within }: Pick<Horizon, "within">, dark: boolean): readonly (string | null)[] {
  const inks = coverInks(dark);
  return within.map((units) => inks[Math.min(units, inks.length - 1)] ?? null);
}

// Squares by how many free units reach them in time: where nobody does stands out, where many do steps back.
import type { Horizon } from "../api/types.ts";

export const STEPS = ["none", "one", "two", "more"] as const;

const DARK = ["#b4561c", "#6d5f45", "#35506a", "#2b3a46"];
const LIGHT = ["#e0752b", "#f3d9a8", "#c3d9e8", "#dde6ea"];

export const coverInks = (dark: boolean): readonly string[] => (dark ? DARK : LIGHT);

export function coverColours({ within }: Pick<Horizon, "within">, dark: boolean): readonly (string | null)[] {
  const inks = coverInks(dark);
  return within.map((units) => inks[Math.min(units, inks.length - 1)] ?? null);
}

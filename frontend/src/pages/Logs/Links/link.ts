// Links between logs as the server keeps them.
import type { LinkedLog } from "../../../api/logs.ts";

/** The name of the log itself, where every pathway begins. */
export const THIS = "missions";

export const COLUMNS = [
  "start",
  "end",
  "key",
  "patient",
  "age",
  "sex",
  "municipality",
  "lat",
  "lon",
] as const satisfies readonly (keyof LinkedLog["columns"])[];

const LETTERS: Readonly<Record<string, string>> = { æ: "ae", ø: "o", å: "a" };
const LONGEST = 32;

/** A name for tables, of letters and digits, which none of the others has. */
export function nameOf(title: string, others: readonly LinkedLog[]): string {
  const plain = title
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST);
  const base = plain || "log";
  const taken = new Set([THIS, ...others.map((one) => one.name)]);
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Links without one, nor any that hangs on it. */
export function withoutLink(links: readonly LinkedLog[], gone: LinkedLog): readonly LinkedLog[] {
  const names = new Set([gone.name]);
  return links.filter((one) => {
    if (!names.has(one.name) && !names.has(one.after)) return true;
    names.add(one.name);
    return false;
  });
}

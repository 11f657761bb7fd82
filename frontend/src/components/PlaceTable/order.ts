/** The order of places: by change, those that lose first, then those that gain, then all where nothing is clear. */
import type { Change, PlaceRow } from "../shapes.ts";

export type SortKey =
  "change" | "name" | "share" | "difference_share" | "difference_mean_s" | "mean_s" | "p90_s" | "people";

const RANK: Readonly<Record<Change, number>> = { worse: 0, better: 1, changed: 2, unclear: 3, none: 4 };

export function sortPlaces(rows: readonly PlaceRow[], key: SortKey, descending: boolean): PlaceRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b, key) || a.name.localeCompare(b.name));
}

function compare(a: PlaceRow, b: PlaceRow, key: SortKey): number {
  if (key === "change") return RANK[a.change] - RANK[b.change] || size(b) - size(a);
  if (key === "name") return a.name.localeCompare(b.name);
  const [one, other] = [amount(a, key), amount(b, key)];
  return one === other ? 0 : one - other;
}

const size = (row: PlaceRow): number => Math.abs(amount(row, "difference_share"));

function amount(row: PlaceRow, key: Exclude<SortKey, "change" | "name">): number {
  return (key === "people" ? row.people : row[key].value) ?? Number.NEGATIVE_INFINITY;
}

/** Whether anything clear happens in a place. */
export const isClear = (row: PlaceRow): boolean => row.change === "better" || row.change === "worse";

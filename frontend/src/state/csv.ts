// The table for whom as text that a spreadsheet opens: numbers bare and in one unit, and beside them what they rest on.
import type { Interval, PlaceRow } from "../api/types.ts";

/** How numbers are written: with a comma, and then semicolons between cells, or with a point and commas. */
export type Decimal = "comma" | "point";

interface Part {
  readonly alternative: string;
  readonly places: readonly PlaceRow[];
}
interface Beside {
  readonly against: string;
  readonly replications: number;
  readonly fingerprint: string;
}
type Cell = string | number | null;
type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

/** Figures with intervals: their name, what they are counted by, and decimals. */
const FIGURES: readonly (readonly [keyof PlaceRow, number, number])[] = [
  ["share", 100, 2],
  ["difference_share", 100, 2],
  ["mean_s", 1, 1],
  ["difference_mean_s", 1, 1],
  ["p90_s", 1, 1],
  ["difference_p90_s", 1, 1],
  ["within_more", 1, 1],
];
const ENDS = ["value", "low", "high"] as const;

function headOf(t: Say): string[] {
  const names = ["alternative", "against", "place", "kind", "people", "incidents"].map((key) =>
    t(`export.column.${key}`),
  );
  const figures = FIGURES.flatMap(([key]) => {
    const figure = t(`export.column.${key}`);
    return [figure, t("export.column.low", { figure }), t("export.column.high", { figure })];
  });
  return [...names, ...figures, t("export.column.replications"), t("export.column.fingerprint")];
}

const rounded = (value: number | null, factor: number, digits: number): number | null =>
  value === null ? null : Number((value * factor).toFixed(digits));

function cellsOf(row: PlaceRow, t: Say): Cell[] {
  const figures = FIGURES.flatMap(([key, factor, digits]) => {
    const interval = row[key] as Interval;
    return ENDS.map((end) => rounded(interval[end], factor, digits));
  });
  const incidents = rounded(row.incidents, 1, 1);
  return [row.name, t(`export.kind.${row.kind}`), Math.round(row.people), incidents, ...figures];
}

/** A text that a spreadsheet does not take for a formula, nor for several cells. */
function written(cell: Cell, decimal: Decimal): string {
  if (cell === null) return "";
  if (typeof cell === "number") return decimal === "comma" ? String(cell).replace(".", ",") : String(cell);
  const harmless = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[";,\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function placesAsCsv(parts: readonly Part[], beside: Beside, decimal: Decimal, t: Say): string {
  const rows = parts.flatMap(({ alternative, places }) =>
    places.map((row): Cell[] => [
      alternative,
      beside.against,
      ...cellsOf(row, t),
      beside.replications,
      beside.fingerprint,
    ]),
  );
  const between = decimal === "comma" ? ";" : ",";
  return [headOf(t), ...rows]
    .map((row) => `${row.map((cell) => written(cell, decimal)).join(between)}\r\n`)
    .join("");
}

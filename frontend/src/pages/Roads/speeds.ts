// How fast a class of road is driven for a purpose at some hours, and the colours of speeds.
import type { Roads, SpeedRow } from "../../api/roads.ts";
import type { Scale } from "../../map/scales.ts";

/** Which of the ratios hold: positions of the period and the purpose. */
export interface When {
  readonly period: number;
  readonly purpose: number;
}

/** The position of a name, the first where there is none such. */
export const placeOf = (names: readonly string[], name: string | null): number =>
  Math.max(0, name === null ? 0 : names.indexOf(name));

/** Speed on a stretch with a limit, km/h. */
export function speedAt(row: SpeedRow, limit: number, when: When, least: number): number {
  const ratio = row.ratio[when.period]?.[when.purpose] ?? 1;
  return Math.max(Math.min(limit * ratio, row.most_kmh), least);
}

export const SPEED_EDGES = [20, 30, 40, 50, 60, 80] as const;
const WARM_LIGHT = ["#f1d3a4", "#e7b56b", "#d9923c", "#c06c1d", "#9c4b0f", "#713308", "#471e04"];
const WARM_DARK = ["#4d3722", "#6d4923", "#955e24", "#bd782b", "#dc9644", "#eeb974", "#fbe2b9"];
/** Warm, since reach is blue: faster is stronger, darker on light ground and lighter on dark. */
export const speedScale = (dark: boolean): Scale => ({
  edges: SPEED_EDGES,
  colours: dark ? WARM_DARK : WARM_LIGHT,
});

const WIDE = ["main", "motorway", "trunk", "primary"];
const MIDDLE = ["secondary", "tertiary", "ferry"];

/** How wide a class is drawn, seen from afar and near. */
export function widthOf(row: string): { far: number; near: number } {
  const plain = row.replace("_link", "");
  if (WIDE.includes(plain)) return { far: 1.4, near: 5 };
  return MIDDLE.includes(plain) ? { far: 0.8, near: 3.5 } : { far: 0.35, near: 2 };
}

/** The classes of the roads by their ids. */
export const rowsById = (roads: Roads): ReadonlyMap<string, SpeedRow> =>
  new Map(roads.speeds.map((row) => [row.id, row]));

/** Latitude and longitude as people write them, with points or commas; null when it is no place. */
export function parsePlace(text: string): { lat: number; lon: number } | null {
  const parts = text.trim().split(/\s*[;,]\s+|\s+|;/);
  const plain = parts.length === 2 ? parts : text.split(",");
  if (plain.length !== 2) return null;
  const [lat, lon] = plain.map((one) => (one.trim() === "" ? NaN : Number(one.trim().replace(",", "."))));
  if (lat === undefined || lon === undefined || !Number.isFinite(lat) || !Number.isFinite(lon)) return null;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

/** A place as the address of the page has it. */
export const writePlace = ({ lat, lon }: { lat: number; lon: number }): string =>
  `${lat.toFixed(5)},${lon.toFixed(5)}`;

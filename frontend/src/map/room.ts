// What of a study a map shows at first, and the room that it leaves for what floats over it.
import type { StudyMap } from "../api/types.ts";

export type Region = {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
};
/** West and south, then east and north, degrees. */
export type Bounds = [[number, number], [number, number]];

/** What floats over a map: nothing but buttons, a legend, or a legend above and a sheet below. */
export type Floating = "buttons" | "legend" | "sheet";

/** Pixels at each side. */
export interface Room {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function roomAround(
  { clientWidth: width, clientHeight: height }: Pick<HTMLElement, "clientWidth" | "clientHeight">,
  floating: Floating,
): Room {
  if (floating === "buttons") return { top: 24, bottom: 24, left: 16, right: 16 };
  if (floating === "sheet") return { top: 84, bottom: height * 0.5, left: 12, right: 12 };
  return width > 1100
    ? { top: 32, bottom: 32, left: 320, right: 64 }
    : { top: 16, bottom: 88, left: 24, right: 24 };
}

/** Where people live, or the study's region where nobody does. */
export function boundsOf(study: StudyMap, region: Region): Bounds {
  const corners = study.areas.features.flatMap(({ geometry }) => geometry.coordinates[0] ?? []);
  if (corners.length === 0) {
    return [
      [region.west, region.south],
      [region.east, region.north],
    ];
  }
  const [lon, lat] = [corners.map(([x = 0]) => x), corners.map(([, y = 0]) => y)];
  const least = (values: number[]) => values.reduce((one, other) => Math.min(one, other));
  const most = (values: number[]) => values.reduce((one, other) => Math.max(one, other));
  return [
    [least(lon), least(lat)],
    [most(lon), most(lat)],
  ];
}

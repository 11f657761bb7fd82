// Where the area of one centre ends and another's begins. Between municipalities it follows their outlines; where a centre takes a
// part of a municipality, the squares.
import type { FeatureCollection, LineString } from "geojson";
import type { StudyMap } from "../api/types.ts";
import { bordersBetween, kilometres, type Between } from "./geometry.ts";
import type { Spot } from "./engine.ts";

/** The centres that municipalities belong to; of one that is divided, all. */
function centresOf({ areas }: StudyMap, owners: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  areas.features.forEach(({ properties }, index) => {
    const centres = found.get(properties.municipality) ?? new Set<string>();
    centres.add(owners[index] ?? "");
    found.set(properties.municipality, centres);
  });
  return found;
}

export function centreBorder(
  map: StudyMap,
  owners: readonly string[],
): FeatureCollection<LineString, Between> {
  const centres = centresOf(map, owners);
  const only = (id: string | null) => {
    const all = [...(centres.get(id ?? "") ?? [])];
    return all.length === 1 ? all[0] : undefined;
  };
  const whole = map.outlines.features.filter(
    ({ properties }) => properties.kind === "municipality" && only(properties.id) !== undefined,
  );
  const between = bordersBetween(
    whole.map(({ geometry }) => geometry),
    whole.map(({ properties }) => only(properties.id) ?? ""),
  );
  const divided = map.areas.features.filter(({ properties }) => only(properties.municipality) === undefined);
  const numbers = divided.map((square) => Number(square.id));
  const within = bordersBetween(
    divided.map(({ geometry }) => geometry),
    numbers.map((number) => owners[number] ?? ""),
  );
  return { type: "FeatureCollection", features: [...between.features, ...within.features] };
}

/** A border of two centres, with a place on it that stands for it: the edge nearest to the middle of all its edges. */
export interface Border extends Between, Spot {}

const nearestTo = (middle: Spot, spots: readonly Spot[]): Spot =>
  spots.reduce((best, spot) => {
    const away = ({ lon, lat }: Spot) => kilometres([lon, lat], [middle.lon, middle.lat]);
    return away(spot) < away(best) ? spot : best;
  });

/** Every two centres whose areas meet, once, in the order of their names. */
export function bordersOf(lines: FeatureCollection<LineString, Between>): readonly Border[] {
  const found = new Map<string, { between: Between; spots: Spot[] }>();
  for (const { geometry, properties } of lines.features) {
    const { one, other } = properties;
    if (one === "") continue; // nobody's area
    const key = `${one}~${other}`;
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = geometry.coordinates;
    const spot = { lon: (x1 + x2) / 2, lat: (y1 + y2) / 2 };
    const border = found.get(key) ?? { between: { one, other }, spots: [] };
    border.spots.push(spot);
    found.set(key, border);
  }
  return [...found.keys()].sort().flatMap((key) => {
    const border = found.get(key);
    if (!border) return [];
    const mean = (name: keyof Spot) =>
      border.spots.reduce((sum, spot) => sum + spot[name], 0) / border.spots.length;
    return [{ ...border.between, ...nearestTo({ lon: mean("lon"), lat: mean("lat") }, border.spots) }];
  });
}

// Where the area of one centre ends and another's begins. Between municipalities it follows their outlines; where a centre takes a
// part of a municipality, the squares.
import type { FeatureCollection, LineString } from "geojson";
import type { StudyMap } from "../api/types.ts";
import { bordersBetween } from "./geometry.ts";

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

export function centreBorder(map: StudyMap, owners: readonly string[]): FeatureCollection<LineString> {
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

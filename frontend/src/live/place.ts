// Where something is, in words: the district or municipality of the nearest area.
import type { StudyMap } from "../api/types.ts";
import { squareMiddle } from "../map/geometry.ts";

export type Placed = (lon: number, lat: number) => string | undefined;

/** Names places of a map. */
export function makePlaces({ areas, outlines }: StudyMap): Placed {
  const names = new Map(outlines.features.map(({ properties: { id, name } }) => [id, name ?? undefined]));
  const middles = areas.features.map(({ geometry, properties: { district, municipality } }) => ({
    middle: squareMiddle(geometry),
    name: names.get(district) ?? names.get(municipality) ?? municipality,
  }));
  return (lon, lat) => {
    const shrink = Math.cos((lat * Math.PI) / 180);
    let least = Number.POSITIVE_INFINITY;
    let name: string | undefined;
    for (const one of middles) {
      const apart = ((one.middle[0] - lon) * shrink) ** 2 + (one.middle[1] - lat) ** 2;
      if (apart < least) [least, name] = [apart, one.name];
    }
    return name;
  };
}

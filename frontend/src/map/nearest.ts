// Which station is nearest is a name, not a number: neighbours get different colours.
import type { ServiceStation } from "../api/types.ts";
import { kilometres } from "./geometry.ts";

/** A colour's number for every station: the one that its nearest neighbours use least. */
export function stationColours(
  stations: readonly ServiceStation[],
  count: number,
): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  for (const station of stations) {
    const near = stations
      .filter((other) => given.has(other.id))
      .map((other) => ({ id: other.id, km: kilometres([station.lon, station.lat], [other.lon, other.lat]) }))
      .sort((one, other) => one.km - other.km);
    const cost = Array.from({ length: count }, () => 0);
    near.forEach(({ id, km }) => {
      const colour = given.get(id) ?? 0;
      cost[colour] = (cost[colour] ?? 0) + 1 / (1 + km);
    });
    given.set(station.id, cost.indexOf(Math.min(...cost)));
  }
  return given;
}

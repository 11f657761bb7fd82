// One moment of a playback: where every unit is and what it does, which incidents are open, who waits.
import type { Playback, PlayedIncident, PlayedUnit } from "./file.ts";

/** Row of the last time that is not after the tick; -1 before the first. */
export function rowAt(times: Float64Array, tick: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= tick) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export interface UnitNow {
  readonly row: number;
  readonly unit: PlayedUnit;
  readonly status: string;
  /** Row of the incident that it is sent to; -1 for none. */
  readonly incident: number;
  readonly lon: number;
  readonly lat: number;
  /** Radians from east, against the clock; undefined while it stands. */
  readonly heading: number | undefined;
}

const ABOUT_INCIDENTS = new Set(["mobilising", "to_scene", "at_scene", "to_hospital", "at_hospital"]);

export function placeOf(
  unit: PlayedUnit,
  tick: number,
): { lon: number; lat: number; heading: number | undefined } {
  const { at, lon, lat } = unit;
  const row = rowAt(at, tick);
  const [x1, y1] = [lon[Math.max(row, 0)] ?? 0, lat[Math.max(row, 0)] ?? 0];
  if (row < 0 || row + 1 >= at.length) return { lon: x1, lat: y1, heading: undefined };
  const [x2, y2] = [lon[row + 1] ?? x1, lat[row + 1] ?? y1];
  const [begin, end] = [at[row] ?? 0, at[row + 1] ?? 0];
  const part = end > begin ? (tick - begin) / (end - begin) : 0;
  const [dx, dy] = [(x2 - x1) * Math.cos((y1 * Math.PI) / 180), y2 - y1];
  const heading = dx === 0 && dy === 0 ? undefined : Math.atan2(dy, dx);
  return { lon: x1 + (x2 - x1) * part, lat: y1 + (y2 - y1) * part, heading };
}

/** All units on duty. */
export function unitsAt({ units, statuses }: Playback, tick: number): UnitNow[] {
  return units.flatMap((unit, row) => {
    const now = rowAt(unit.since, tick);
    const status = statuses[unit.code[now] ?? 0] ?? "off_duty";
    if (now < 0 || status === "off_duty") return [];
    const incident = ABOUT_INCIDENTS.has(status) ? (unit.about[now] ?? -1) : -1;
    return [{ row, unit, status, incident, ...placeOf(unit, tick) }];
  });
}

export interface IncidentNow {
  readonly incident: PlayedIncident;
  /** Ticks that it has waited without a unit until now; undefined while it does not wait. */
  readonly waiting: number | undefined;
  readonly reached: boolean;
}

export function incidentsAt({ incidents }: Playback, tick: number): IncidentNow[] {
  return incidents
    .filter(({ call, closed }) => call <= tick && tick < closed)
    .map((incident) => {
      const wait = incident.waits.find(([begin, end]) => begin <= tick && tick < end);
      return { incident, waiting: wait && tick - wait[0], reached: tick >= incident.firstScene };
    });
}

/** Where a unit drives in a stretch of time. */
export function trail(unit: PlayedUnit, from: number, to: number): [number, number][] {
  const [first, last] = [rowAt(unit.at, from) + 1, rowAt(unit.at, to)];
  const [begin, end] = [placeOf(unit, from), placeOf(unit, to)];
  const between: [number, number][] = [];
  for (let row = first; row <= last; row += 1) between.push([unit.lon[row] ?? 0, unit.lat[row] ?? 0]);
  return [[begin.lon, begin.lat], ...between, [end.lon, end.lat]];
}

// What a unit does, in the few kinds that a glance can tell apart, and how old what is known of it is.
import type { Ground, Unit } from "./api/types.ts";

/** Free · towards a scene · at a scene · with a patient · not to be sent · said in a word that nobody has explained. */
export type Doing = "free" | "to_scene" | "at_scene" | "patient" | "out" | "unknown";
export const DOINGS: readonly Doing[] = ["free", "to_scene", "at_scene", "patient", "out", "unknown"];

const OF_STATUS: Readonly<Record<string, Doing>> = {
  at_station: "free",
  returning: "free",
  to_standby: "free",
  at_standby: "free",
  to_task: "free",
  at_task: "free",
  moving: "free",
  free: "free",
  mobilising: "to_scene",
  to_scene: "to_scene",
  at_scene: "at_scene",
  to_hospital: "patient",
  at_hospital: "patient",
  off_duty: "out",
  going_off: "out",
  unavailable: "out",
};

export const doing = ({ properties: { status } }: Unit): Doing => OF_STATUS[status] ?? "unknown";

/** Seconds since the datum that is stale; undefined for a unit of which all is fresh. */
export function staleFor({ properties }: Unit, at_ms: number): number | undefined {
  const { status_stale, position_stale, since_ms, position_ms } = properties;
  const datum = position_stale ? position_ms : status_stale ? since_ms : null;
  return datum === null ? undefined : Math.max(at_ms - datum, 0) / 1000;
}

/** The side, in metres, of the square that is all that is told of where a unit of another organisation is. */
export const roundedTo = ({ geometry, properties }: Unit) =>
  geometry ? (properties.rounded_m ?? undefined) : undefined;

/**
 * A unit of another organisation that is not free, where its place is told to a square: most often on a mission, which
 * is not ours to know. One of our own that is not to be sent says so itself, and is not on the map.
 */
export const isBusyElsewhere = (unit: Unit) =>
  unit.properties.status === "unavailable" && roundedTo(unit) !== undefined;

export const isAtStation = ({ properties: { status } }: Unit) => status === "at_station";

/** Units of which something is known, or which should be at work. */
export const counts = ({ properties: { on_duty, status } }: Unit) => on_duty || status !== "unknown";

export interface StationRow {
  readonly id: string;
  readonly name: string;
  readonly units: readonly Unit[];
  /** Units that may be sent, and those that are at work at all. */
  readonly free: number;
  readonly atWork: number;
}
export interface CentreRow {
  readonly id: string;
  readonly name: string;
  readonly stations: readonly StationRow[];
  readonly free: number;
  readonly atWork: number;
}

const sum = (rows: readonly { free: number; atWork: number }[]) => ({
  free: rows.reduce((all, { free }) => all + free, 0),
  atWork: rows.reduce((all, { atWork }) => all + atWork, 0),
});

const isAtWork = (unit: Unit) => unit.properties.on_duty || !["out", "unknown"].includes(doing(unit));

/** Stations with their units below their centres; a station without any is left out. */
export function centreRows(ground: Ground, units: ReadonlyMap<string, Unit>): readonly CentreRow[] {
  const rows = ground.stations.map((station) => {
    const own = ground.units
      .filter((one) => one.station === station.id)
      .flatMap(({ id }) => units.get(id) ?? []);
    const free = own.filter(({ properties }) => properties.free).length;
    return { ...station, units: own, free, atWork: own.filter(isAtWork).length };
  });
  return ground.centres
    .map(({ id, name }) => {
      const stations = rows.filter((row) => row.centre === id && row.units.length > 0);
      return { id, name, stations, ...sum(stations) };
    })
    .filter(({ stations }) => stations.length > 0);
}

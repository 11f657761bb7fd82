// The playback file as the server sends it, laid out for looking up: what the reference page of the file describes.
export type Urgency = "A" | "H" | "V";

interface SiteRow {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}
interface UnitRow {
  readonly id: string;
  readonly station: number;
  readonly kind: string;
  readonly organisation: string;
  readonly track: {
    readonly t: readonly number[];
    readonly x: readonly number[];
    readonly y: readonly number[];
  };
  readonly status: {
    readonly t: readonly number[];
    readonly code: readonly number[];
    readonly about: readonly number[];
  };
}
export interface PlaybackFile {
  readonly format: string;
  readonly format_version: number;
  readonly start: string;
  readonly ticks: number;
  readonly ticks_per_second: number;
  readonly steps_per_degree: number;
  readonly fingerprint: string;
  readonly statuses: readonly string[];
  readonly urgencies: readonly Urgency[];
  readonly stations: readonly SiteRow[];
  readonly hospitals: readonly SiteRow[];
  readonly standby_points: readonly SiteRow[];
  readonly units: readonly UnitRow[];
  readonly incidents: Readonly<
    Record<"number" | "call" | "urgency" | "x" | "y" | "queued" | "held", readonly number[]> &
      Record<"first_scene" | "closed" | "ready", readonly (number | null)[]>
  > & { readonly units: readonly (readonly number[])[] };
  readonly waits: {
    readonly incident: readonly number[];
    readonly begin: readonly number[];
    readonly last: readonly (number | null)[];
  };
}

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}
export interface PlayedUnit {
  readonly id: string;
  readonly station: string;
  readonly organisation: string;
  readonly at: Float64Array;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly since: Float64Array;
  readonly code: readonly number[];
  readonly about: readonly number[];
}
export interface PlayedIncident {
  readonly row: number;
  /** What it goes by in the tables of the run. */
  readonly number: number;
  readonly urgency: Urgency;
  readonly lon: number;
  readonly lat: number;
  readonly call: number;
  /** Ticks; infinite where the simulation ends before. */
  readonly firstScene: number;
  readonly closed: number;
  /** Stretches in which it could have had a unit and had none. */
  readonly waits: readonly (readonly [number, number])[];
  readonly units: readonly number[];
}
export interface Playback {
  /** Milliseconds of tick 0, read as if local standard time were UTC. */
  readonly start: number;
  readonly ticks: number;
  readonly ticksPerSecond: number;
  readonly fingerprint: string;
  readonly statuses: readonly string[];
  readonly stations: readonly Site[];
  readonly hospitals: readonly Site[];
  readonly units: readonly PlayedUnit[];
  readonly incidents: readonly PlayedIncident[];
}

function sums(deltas: readonly number[], scale = 1): Float64Array {
  let sum = 0;
  return Float64Array.from(deltas, (delta) => (sum += delta) / scale);
}

/** A playback of the form that this page knows. Throws for any other. */
export function readPlayback(file: PlaybackFile): Playback {
  if (file.format !== "beredt-playback" || file.format_version !== 1) {
    throw new Error(
      `this is ${file.format} of version ${file.format_version}, and this page plays version 1`,
    );
  }
  const scale = file.steps_per_degree;
  const site = ({ id, name, x, y }: SiteRow): Site => ({ id, name, lon: x / scale, lat: y / scale });
  const stations = file.stations.map(site);
  return {
    start: Date.parse(`${file.start}Z`),
    ticks: file.ticks,
    ticksPerSecond: file.ticks_per_second,
    fingerprint: file.fingerprint,
    statuses: file.statuses,
    stations,
    hospitals: file.hospitals.map(site),
    units: file.units.map((unit) => ({
      id: unit.id,
      station: stations[unit.station]?.name ?? "",
      organisation: unit.organisation,
      at: sums(unit.track.t),
      lon: sums(unit.track.x, scale),
      lat: sums(unit.track.y, scale),
      since: sums(unit.status.t),
      code: unit.status.code,
      about: unit.status.about,
    })),
    incidents: readIncidents(file),
  };
}

function readIncidents({
  incidents,
  waits,
  urgencies,
  steps_per_degree: scale,
}: PlaybackFile): PlayedIncident[] {
  const [call, x, y] = [sums(incidents.call), sums(incidents.x, scale), sums(incidents.y, scale)];
  const number = sums(incidents.number);
  const waited = new Map<number, [number, number][]>();
  sums(waits.incident).forEach((row, index) => {
    if (incidents.queued[row] !== 1 && incidents.held[row] !== 1) return;
    const begin = waits.begin[index] ?? 0;
    const last = waits.last[index];
    const stretch: [number, number] = [begin, last === null || last === undefined ? Infinity : begin + last];
    waited.set(row, [...(waited.get(row) ?? []), stretch]);
  });
  const after = (row: number, ticks: number | null | undefined) =>
    ticks === null || ticks === undefined ? Infinity : (call[row] ?? 0) + ticks;
  return Array.from(call, (ring, row) => ({
    row,
    number: number[row] ?? row,
    urgency: urgencies[incidents.urgency[row] ?? 0] ?? "A",
    lon: x[row] ?? 0,
    lat: y[row] ?? 0,
    call: ring,
    firstScene: after(row, incidents.first_scene[row]),
    closed: after(row, incidents.closed[row]),
    waits: waited.get(row) ?? [],
    units: incidents.units[row] ?? [],
  }));
}

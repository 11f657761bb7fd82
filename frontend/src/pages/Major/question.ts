// What is asked of a major incident, as the form holds it and as the server takes it.
import type { HospitalTakes, MajorQuestion, NeededAsked, PlaceAsked } from "../../api/analyses.ts";
import type { Spot } from "../../map/engine.ts";
import { parsePlace, writePlace } from "../Roads/speeds.ts";

export type Severity = "red" | "yellow" | "green";
export const SEVERITIES: readonly Severity[] = ["red", "yellow", "green"];

export interface Draft {
  /** An event that the study names; "" for places of one's own. */
  readonly event: string;
  readonly places: readonly PlaceAsked[];
  readonly weekday: number | null;
  /** `HH:MM`, "" for any. */
  readonly clock: string;
  readonly alternatives: readonly string[];
  readonly samples: number | null;
  readonly hours: number | null;
  readonly perUnit: Readonly<Record<Severity, number | null>>;
  /** Units beside those for patients; null for what the event has, else one that commands. */
  readonly needed: readonly NeededAsked[] | null;
  /** What hospitals are taken to receive; only what was changed. */
  readonly capacity: Readonly<Record<string, HospitalTakes>>;
  readonly callInPercent: number | null;
  readonly callInMin: number | null;
  readonly seamlessH: number | null;
}

/** The size of an accident with a bus. */
export const somewhere = (place: string): PlaceAsked => ({
  place,
  after_min: 0,
  red: 5,
  yellow: 10,
  green: 15,
});

export const beginning = (): Draft => ({
  event: "",
  places: [somewhere("")],
  weekday: null,
  clock: "",
  alternatives: [],
  samples: 20,
  hours: 4,
  perUnit: { red: 1, yellow: 2, green: 4 },
  needed: null,
  capacity: {},
  callInPercent: null,
  callInMin: 60,
  seamlessH: null,
});

/** Any first unit may do it; all others are asked for by their kind. */
export const COMMAND = "command";

export const neededOf = (kind: string): NeededAsked => ({
  id: kind,
  wanted: kind === COMMAND ? [] : [kind],
  units: 1,
  stay_min: 120,
  waited: false,
  incident: null,
});

const HOUR_MIN = 60;

/** Minutes after midnight of "17:30"; null for anything else. */
export function minutesOf(clock: string): number | null {
  const found = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(clock.trim());
  return found ? Number(found[1]) * HOUR_MIN + Number(found[2]) : null;
}

export function questionOf(draft: Draft): MajorQuestion {
  const { perUnit } = draft;
  return {
    places: draft.event === "" ? draft.places.map((one) => ({ ...one, place: plain(one.place) })) : [],
    event: draft.event === "" ? null : draft.event,
    weekday: draft.event === "" ? draft.weekday : null,
    clock_min: draft.event === "" ? minutesOf(draft.clock) : null,
    alternatives: [...draft.alternatives],
    samples: draft.samples ?? 20,
    hours: draft.hours ?? 4,
    step_min: 5,
    per_unit: { red: perUnit.red ?? 1, yellow: perUnit.yellow ?? 2, green: perUnit.green ?? 4 },
    needed: draft.needed === null ? null : [...draft.needed],
    capacity: Object.values(draft.capacity),
    call_in_share: (draft.callInPercent ?? 0) / 100,
    call_in_min: draft.callInMin ?? 60,
    seamless_h: draft.seamlessH ?? 0,
  };
}

/** Degrees as the server reads them, however they were typed; names as they are. */
function plain(place: string): string {
  const spot = parsePlace(place);
  return spot ? writePlace(spot) : place.trim();
}

interface Known extends Spot {
  readonly id: string;
  readonly name: string;
}

/** Where a place is that is typed as degrees, or by the id or name of something known; null where it is neither. */
export function spotOf(text: string, known: readonly Known[]): Spot | null {
  const wanted = text.trim().toLowerCase();
  return (
    parsePlace(text) ??
    known.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted) ??
    null
  );
}

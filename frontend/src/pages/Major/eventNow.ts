// What the units of an event do at one moment of its playback.
import type { Playback } from "../../playback/file.ts";
import { unitsAt, type UnitNow } from "../../playback/moment.ts";

export type EventStatus = "mobilising" | "to_scene" | "at_scene" | "to_hospital" | "at_hospital";
export const EVENT_STATUSES: readonly EventStatus[] = [
  "mobilising",
  "to_scene",
  "at_scene",
  "to_hospital",
  "at_hospital",
];

export interface EventNow {
  /** Units that are on the event. */
  readonly own: readonly UnitNow[];
  /** All others on duty. */
  readonly others: readonly UnitNow[];
  readonly counts: Readonly<Record<EventStatus, number>>;
}

/** `numbers` are those of the incidents that the event is made of. */
export function eventNow(played: Playback, numbers: ReadonlySet<number>, tick: number): EventNow {
  const all = unitsAt(played, tick);
  const isOwn = ({ incident }: UnitNow) => numbers.has(played.incidents[incident]?.number ?? -1);
  const own = all.filter(isOwn);
  const count = (status: EventStatus) => own.filter((one) => one.status === status).length;
  return {
    own,
    others: all.filter((one) => !isOwn(one)),
    counts: Object.fromEntries(EVENT_STATUSES.map((one) => [one, count(one)])) as EventNow["counts"],
  };
}

// The picture as the server tells it, change by change. All times on the page are reckoned from its clock.
import { computed, signal } from "@preact/signals";
import type { Change, Incident, Source, Unit } from "../api/types.ts";

export interface Picture {
  readonly number: number;
  readonly at_ms: number;
  readonly adviceOn: boolean;
  readonly units: ReadonlyMap<string, Unit>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly sources: readonly Source[];
}

export const picture = signal<Picture | undefined>(undefined);
/** The server's clock in whole minutes: what tells of ages changes with it, and no sooner. */
export const minute = computed(() => Math.floor((picture.value?.at_ms ?? 0) / 60_000));
export const selected = signal<string | undefined>(undefined);

function after<T extends { readonly id: string }>(
  before: ReadonlyMap<string, T> | undefined,
  news: readonly T[],
  gone: readonly string[],
): ReadonlyMap<string, T> {
  if (before && news.length === 0 && gone.length === 0) return before; // what shows it is not drawn anew
  const found = new Map(before);
  for (const one of news) found.set(one.id, one);
  for (const id of gone) found.delete(id);
  return found;
}

/** Lay a change on a picture; the first of a stream has everything, and what was there before is gone. */
export function lay(before: Picture | undefined, change: Change, isFirst: boolean): Picture {
  const old = isFirst ? undefined : before;
  return {
    number: change.number,
    at_ms: change.at_ms,
    adviceOn: change.advice_on,
    units: after(old?.units, change.units, []),
    incidents: after(old?.incidents, change.incidents, change.gone),
    sources: change.sources,
  };
}

const RANK: Readonly<Record<string, number>> = { A: 0, H: 2, V: 3 };
const rank = ({ properties: { urgency } }: Incident) => RANK[urgency ?? ""] ?? 1;
const since = ({ properties: { opened_ms: opened } }: Incident) => opened ?? Number.MAX_SAFE_INTEGER;

/** Whether somebody still has to be sent. */
export const waits = ({ properties }: Incident) =>
  properties.state === "open" && properties.units.length === 0;

/** Incidents that are not closed, or closed and not left: those to which nobody is sent, then the others;
 * of both acute ones first, then those of unknown urgency, each the oldest first. */
export function ordered(incidents: Iterable<Incident>): readonly Incident[] {
  return [...incidents]
    .filter(({ properties }) => properties.state !== "closed" || properties.conflicts.length > 0)
    .toSorted(
      (one, other) =>
        Number(waits(other)) - Number(waits(one)) ||
        rank(one) - rank(other) ||
        since(one) - since(other) ||
        one.id.localeCompare(other.id),
    );
}

export const openIncidents = computed(() => ordered(picture.value?.incidents.values() ?? []));
/** How long every source has been silent, seconds; undefined as long as one of them speaks. */
export function silentFor(sources: readonly Source[]): number | undefined {
  const fed = sources.filter(({ events }) => events > 0);
  if (fed.length === 0 || fed.some(({ silent }) => !silent)) return undefined;
  return Math.min(...fed.flatMap(({ last_s }) => last_s ?? []));
}

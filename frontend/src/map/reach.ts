// How far a unit gets from a place: asked while a station is dragged, so one question at a time, the newest next, and never twice
// for the same quarter of a kilometre.
import { signal } from "@preact/signals";
import { client } from "../api/client.ts";
import { isAbort } from "../api/problem.ts";
import type { Drives } from "../api/types.ts";
import type { Spot } from "./engine.ts";

const LAT_STEP = 0.002;
const LON_STEP = 0.004;
const KEPT = 2000;

export const drives = signal<Drives | undefined>(undefined);
/** Whether the last place could not be answered for. */
export const reachFailed = signal(false);

const kept = new Map<string, Drives>();
let asking = false;
let next: { study: string; spot: Spot } | undefined;

/** The middle of the small rectangle that a place lies in. */
export function rounded({ lon, lat }: Spot): Spot {
  const round = (value: number, step: number) => Number((Math.round(value / step) * step).toFixed(5));
  return { lon: round(lon, LON_STEP), lat: round(lat, LAT_STEP) };
}

const keyOf = (study: string, spot: Spot) => `${study}/${spot.lon}/${spot.lat}`;

async function work(): Promise<void> {
  if (asking) return;
  asking = true;
  while (next) {
    const { study, spot } = next;
    next = undefined;
    try {
      const found = await client.drives(study, spot.lat, spot.lon);
      if (kept.size >= KEPT) kept.clear();
      kept.set(keyOf(study, spot), found);
      if (wanted !== undefined) drives.value = found; // the newest that is known, while the next is asked
      reachFailed.value = false;
    } catch (error) {
      if (!isAbort(error)) reachFailed.value = true;
    }
  }
  asking = false;
}

let wanted: string | undefined;

export function askReach(study: string, place: Spot): void {
  const spot = rounded(place);
  wanted = keyOf(study, spot);
  const known = kept.get(wanted);
  if (known) {
    drives.value = known;
    return;
  }
  next = { study, spot };
  void work();
}

export function forgetReach(): void {
  wanted = undefined;
  next = undefined;
  drives.value = undefined;
}

// The clock of a playback, and what is asked of the server.
import { computed, signal } from "@preact/signals";
import { sending } from "../api/client.ts";
import { asProblem, ProblemError, problemOf } from "../api/problem.ts";
import { chosen } from "../state/drafts.ts";
import { place } from "../state/moments.ts";
import { query } from "../state/location.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../state/remote.ts";
import { study } from "../state/study.ts";
import { readPlayback, type Playback, type PlaybackFile } from "./file.ts";

export const SPEEDS = [10, 30, 60, 120, 300, 600] as const;
const HOURS = 24;

export const playbackRemote = signal<Remote<Playback>>(EMPTY);
export const playback = computed(() => shown(playbackRemote.value));
/** Ticks from the start of the stretch. */
export const tick = signal(0);
export const playing = signal(false);
/** Simulated seconds in a second. */
export const speed = signal<number>(60);
/** Row of the unit that is followed; undefined for none. */
export const followed = signal<number | undefined>(undefined);

/** The day that is played, as `YYYY-MM-DD`: `?day=`, the second Tuesday of the study's year unless named. */
export const day = computed(() => query("day") ?? firstTuesday(study.value?.start ?? "2026-01-01"));

export function firstTuesday(start: string): string {
  const date = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 7 + ((2 - date.getUTCDay() + 7) % 7));
  return date.toISOString().slice(0, 10);
}

async function fetchPlayback(signal: AbortSignal): Promise<Playback> {
  const path = `/api/studies/${encodeURIComponent(study.peek()?.id ?? "")}/playback`;
  const stretch = { begin: `${day.peek()}T00:00:00`, hours: HOURS };
  const one = chosen.peek();
  const response =
    one?.changed === true
      ? await fetch(path, { ...sending("POST", { edits: one.edits, ...stretch }), signal })
      : await fetch(
          `${path}?${new URLSearchParams({ begin: stretch.begin, hours: String(HOURS), alternative: one?.id ?? "today" }).toString()}`,
          { signal },
        );
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return readPlayback((await response.json()) as PlaybackFile);
}

/** Ask for the day and alternative that are chosen; answers with how to stop asking. */
export function loadPlayback(): () => void {
  const stop = new AbortController();
  playbackRemote.value = loading(playbackRemote.peek());
  fetchPlayback(stop.signal).then(
    (found) => {
      const { ticks } = playback.peek() ?? {};
      playbackRemote.value = ready(found);
      if (ticks === undefined) tick.value = 7 * 3600 * found.ticksPerSecond;
      followed.value = undefined;
    },
    (error: unknown) => {
      if (!stop.signal.aborted) playbackRemote.value = failed(asProblem(error), playbackRemote.peek());
    },
  );
  return () => stop.abort();
}

/** Let time pass; at the end it stops. */
export function advance(seconds: number): void {
  const played = playback.peek();
  if (!played) return;
  const next = tick.peek() + seconds * speed.peek() * played.ticksPerSecond;
  tick.value = Math.min(next, played.ticks - 1);
  if (next >= played.ticks - 1) playing.value = false;
}

/** "tir. 13. jan. 17:40" */
export function timeText(at: number): string {
  const played = playback.value;
  if (!played) return "";
  const moment = new Date(played.start + (at / played.ticksPerSecond) * 1000);
  const date = moment.toLocaleDateString(place(), {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  const hour = moment.toLocaleTimeString(place(), { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  return `${date} ${hour}`;
}

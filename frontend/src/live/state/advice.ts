// Advice: asked for only while it is switched on, and only about incidents to which nobody is sent yet. What somebody did about a
// piece stays beside it until the picture says otherwise, or somebody asks again.
import { computed, effect, signal } from "@preact/signals";
import { asProblem } from "../../api/problem.ts";
import type { Problem } from "../../api/types.ts";
import { live } from "../api/client.ts";
import { MOVES, type Done, type MovesGiven, type SendGiven } from "../api/types.ts";
import { calmly } from "./later.ts";
import { minute, openIncidents, picture, waits } from "./picture.ts";
import { connection } from "./stream.ts";

const REST_MS = 5000;
const NEWEST = 60;
/** So many incidents at most are asked about: the others stand below the edge of the screen. */
const MOST_ASKED = 12;

type Any = SendGiven | MovesGiven;
export const given = signal<ReadonlyMap<string, Any>>(new Map());
export const adviceProblem = signal<Problem | undefined>(undefined);
export const adviceOn = computed(() => picture.value?.adviceOn ?? false);

export const sendAdvice = (incident: string) => given.value.get(incident) as SendGiven | undefined;
export const moveAdvice = computed(() => given.value.get(MOVES) as MovesGiven | undefined);

/** The newest piece about each thing, of a list with the newest first. */
export function newestOf(list: readonly Any[]): Map<string, Any> {
  const found = new Map<string, Any>();
  for (const one of list) if (!found.has(one.about)) found.set(one.about, one);
  return found;
}

async function askAll(again: ReadonlySet<string>): Promise<void> {
  const newest = newestOf(await live.advice(NEWEST));
  const waiting = openIncidents.peek().filter(waits).slice(0, MOST_ASKED);
  const known = new Map<string, Any>();
  for (const about of [...waiting.map(({ id }) => id), MOVES]) {
    const one = newest.get(about);
    const isAnswered = one?.done && !again.has(about);
    if (isAnswered) known.set(about, one);
    else known.set(about, about === MOVES ? await live.moves() : await live.sending(about));
  }
  given.value = keepAnswers(known, given.peek(), again);
}

/** What somebody answered while the server was asked stays, unless it was asked anew on purpose. */
export function keepAnswers(
  known: ReadonlyMap<string, Any>,
  before: ReadonlyMap<string, Any>,
  again: ReadonlySet<string>,
): ReadonlyMap<string, Any> {
  const kept = [...known].map(([about, one]) => {
    const own = before.get(about);
    return [about, own?.done && !again.has(about) ? own : one] as const;
  });
  return new Map(kept);
}

const again = new Set<string>();

const ask = calmly(REST_MS, async () => {
  if (!adviceOn.peek()) {
    given.value = new Map();
    adviceProblem.value = undefined;
    return;
  }
  const asked = new Set(again);
  again.clear();
  try {
    await askAll(asked);
    adviceProblem.value = undefined;
  } catch (error) {
    adviceProblem.value = asProblem(error);
    setTimeout(ask, REST_MS);
  }
});

/** Ask about something anew, although something was done about what was advised before. */
export function askAgain(about: string): void {
  again.add(about);
  ask();
}

export async function writeDown(piece: Any, done: Done): Promise<void> {
  try {
    await live.done(piece.id, done);
    given.value = new Map(given.peek()).set(piece.about, { ...piece, done });
  } catch (error) {
    adviceProblem.value = asProblem(error);
  }
}

export async function switchAdvice(on: boolean): Promise<void> {
  try {
    await live.switchAdvice(on);
  } catch (error) {
    adviceProblem.value = asProblem(error);
  }
}

export function keepAdvice(): () => void {
  return effect(() => {
    const { units, incidents } = picture.value ?? {};
    const on = adviceOn.value;
    if (units && incidents && connection.value === "open" && minute.value > 0) ask();
    if (!on) given.value = new Map();
  });
}

// The study that is open, and what can be open.
import { computed, effect, signal } from "@preact/signals";
import { client } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import type { EditKind, Study, StudyHead, StudyMap } from "../api/types.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "./remote.ts";
import { studyId } from "./location.ts";

export const studies = signal<Remote<readonly StudyHead[]>>(EMPTY);
export const studyRemote = signal<Remote<Study>>(EMPTY);
export const mapRemote = signal<Remote<StudyMap>>(EMPTY);
export const editKinds = signal<readonly EditKind[]>([]);

/** Milliseconds after the study: nobody opens a form sooner, and the first picture comes first. */
const FORMS_LATER_MS = 4_000;

/** The study on the screen; undefined while there is none. */
export const study = computed(() => {
  const here = shown(studyRemote.value);
  return here?.id === studyId.value ? here : undefined;
});
export const studyMap = computed(() => shown(mapRemote.value));

async function fill<T>(
  into: { value: Remote<T>; peek: () => Remote<T> },
  asked: Promise<T>,
  still: () => boolean,
) {
  into.value = loading(into.peek());
  try {
    const value = await asked;
    if (still()) into.value = ready(value);
  } catch (error) {
    if (still()) into.value = failed(asProblem(error), into.peek());
  }
}

export async function loadStudies(): Promise<void> {
  await fill(studies, client.studies(), () => true);
}

/** Read the study again: at first, after a save, and when its files changed. */
export async function loadStudy(id: string): Promise<void> {
  const still = () => studyId.peek() === id;
  await Promise.all([fill(studyRemote, client.study(id), still), fill(mapRemote, client.map(id), still)]);
}

/** Read the study again without its map: after an alternative was saved. */
export async function reloadHead(id: string): Promise<void> {
  await fill(studyRemote, client.study(id), () => studyId.peek() === id);
}

let kindsAsked: Promise<void> | undefined;

/** Read what forms are made of, once: by and by after the map, or at once by who needs them. */
export function loadEditKinds(): Promise<void> {
  kindsAsked ??= client.editKinds().then(
    (kinds) => void (editKinds.value = kinds),
    () => (kindsAsked = undefined), // the next who needs them asks again
  );
  return kindsAsked;
}

/** Whenever the address names another study, read that. */
export function keepStudy(): () => void {
  return effect(() => {
    const id = studyId.value;
    studyRemote.value = EMPTY;
    mapRemote.value = EMPTY;
    if (id === undefined) return;
    void loadStudy(id).then(() => setTimeout(() => void loadEditKinds(), FORMS_LATER_MS));
  });
}

// A study that is open, for tests of what stands on the screen; everything as at the beginning when they are over.
import { cleanup } from "@testing-library/preact";
import type { AlternativeHead, Edit, Study } from "../api/types.ts";
import { answer, progress, stale } from "../state/answers.ts";
import { alternatives, drop } from "../state/drafts.ts";
import { jobs } from "../state/jobs.ts";
import { go } from "../state/location.ts";
import { EMPTY, ready } from "../state/remote.ts";
import { serviceRemote } from "../state/service.ts";
import { session, type Session } from "../state/session.ts";
import { editKinds, mapRemote, studies, studyRemote } from "../state/study.ts";

export const someAlternative = (id: string, name: string, edits: readonly Edit[] = []): AlternativeHead => ({
  id,
  title: { en: name, nb: name, nn: name },
  description: {},
  note: {},
  edits: [...edits],
  colour: id === "today" ? 0 : Number(id),
  file: null,
  version: "v1",
});

/** Today and two more. */
export const SOME_ALTERNATIVES = [
  someAlternative("today", "Today"),
  someAlternative("1", "West", [{ edit: "close_station", station: "a" }]),
  someAlternative("2", "East"),
];

/** Open the study `tiny` at an address of it. */
export function openStudy(at = "", given: Partial<Study> = {}): void {
  window.localStorage.clear();
  go(`/s/tiny${at}`, true);
  studyRemote.value = ready({
    id: "tiny",
    title: { en: "Tiny", nb: "Tiny", nn: "Tiny" },
    base_title: { en: "Today", nb: "Today", nn: "Today" },
    year: 2024,
    fingerprint: "a1b2c3d4e5f6a7b8",
    replications: 20,
    alternatives: SOME_ALTERNATIVES,
    groups: [],
    hospitals: [],
    ...given,
  } as unknown as Study);
}

export const logInAs = (role: Session["role"]) => (session.value = { role } as Session);

/** The page is taken down first: what is on it would ask for what is missing now. */
export function closeStudy(): void {
  cleanup();
  for (const one of alternatives.peek()) drop(one.id);
  for (const remote of [studyRemote, mapRemote, studies, serviceRemote, jobs]) remote.value = EMPTY;
  session.value = undefined;
  answer.value = undefined;
  progress.value = { phase: "empty" };
  stale.value = false;
  editKinds.value = [];
  go("/", true);
}

// The risk analysis of the study that is open: what is asked, the picture as it is now, and one's own answers on their way.
import { computed, effect, signal } from "@preact/signals";
import { asProblem, ProblemError } from "../api/problem.ts";
import {
  riskClient,
  riskVersions,
  type Assessor,
  type Question,
  type RiskAnswer,
  type RiskForm,
  type RiskPicture,
} from "../api/risk.ts";
import { studyId } from "./location.ts";
import { EMPTY, failed as notHere, loading, ready, shown, type Remote } from "./remote.ts";
import {
  arrived,
  changed,
  failed,
  insisted,
  isWhole,
  keyOf,
  nextToSend,
  NOTHING,
  soundRiskDrafts,
  without,
  type RiskDraft,
  type RiskDrafts,
} from "./riskDrafts.ts";
import { mayChange } from "./session.ts";
import { readStored, stored, writeStored } from "./stored.ts";

export type Line = "connecting" | "live" | "lost";

export const riskForm = signal<Remote<RiskForm>>(EMPTY);
export const riskPicture = signal<Remote<RiskPicture>>(EMPTY);
export const line = signal<Line>("connecting");
export const riskDrafts = signal<RiskDrafts>({});

/** For whom one answers, by study: role and number. */
const chosenAssessors = stored<Readonly<Record<string, string>>>("beredt.risk.assessor", {});
const idOf = ({ role, number }: Pick<Assessor, "role" | "number">) => `${role} ${number}`;

export const picture = computed(() => shown(riskPicture.value));
/** Those for whom one may answer, oneself first. */
export const mine = computed<readonly Assessor[]>(() => {
  if (!mayChange.value) return [];
  const own = (picture.value?.assessors ?? []).filter((one) => one.mine);
  return [...own.filter((one) => one.is_own), ...own.filter((one) => !one.is_own)];
});
export const assessor = computed<Assessor | undefined>(() => {
  const wanted = chosenAssessors.value[studyId.value ?? ""];
  return mine.value.find((one) => idOf(one) === wanted) ?? mine.value.find((one) => one.is_own);
});

export function chooseAssessor(one: Pick<Assessor, "role" | "number">): void {
  chosenAssessors.value = { ...chosenAssessors.peek(), [studyId.peek() ?? ""]: idOf(one) };
}

const ownAnswers = computed(() => {
  const own = picture.value?.own ?? [];
  return new Map(own.map((one) => [keyOf(one), one.answer as RiskAnswer]));
});

/** What stands at the server, as far as is known. */
export const keptAnswer = (question: Question): RiskAnswer =>
  ownAnswers.value.get(keyOf(question)) ?? NOTHING;
/** What its writer says, whether it has arrived or not. */
export const answerTo = (question: Question): RiskAnswer =>
  riskDrafts.value[keyOf(question)]?.answer ?? keptAnswer(question);
export const draftOf = (question: Question): RiskDraft | undefined => riskDrafts.value[keyOf(question)];
/** Answers that are whole and have not arrived. */
export const waiting = computed(
  () => Object.values(riskDrafts.value).filter((one) => isWhole(one.answer)).length,
);

export function answerQuestion(question: Question, part: Partial<RiskAnswer>): void {
  riskDrafts.value = changed(riskDrafts.peek(), question, keptAnswer(question), part);
  void sendAll();
}

/** Take over what somebody else has written, or write one's own over it. */
export function settle(question: Question, isMine: boolean): void {
  riskDrafts.value = isMine
    ? insisted(riskDrafts.peek(), question, keptAnswer(question))
    : without(riskDrafts.peek(), keyOf(question));
  void sendAll();
}

let isSending = false;

/** Send what can be sent, one after the other. What does not get through for want of a connection stays for later. */
async function sendAll(): Promise<void> {
  if (isSending) return;
  isSending = true;
  try {
    for (;;) {
      const study = studyId.peek();
      const next = nextToSend(riskDrafts.peek());
      if (study === undefined || !next || !(await send(study, next))) return;
    }
  } finally {
    isSending = false;
  }
}

const CONFLICT = 409;
const LOGGED_OUT = 401;

async function send(study: string, { question, seen, answer }: RiskDraft): Promise<boolean> {
  try {
    await riskClient.write(study, question, seen, answer);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status === LOGGED_OUT) return false; // later
    const isMet = error.problem.status === CONFLICT;
    if (isMet) await loadPicture(study);
    const { detail, issues } = error.problem;
    const text = issues?.map((one) => `${one.message} ${one.remedy}`).join(" ") ?? "";
    const fault = isMet ? ({ kind: "met" } as const) : ({ kind: "wrong", text: text || detail } as const);
    riskDrafts.value = failed(riskDrafts.peek(), question, fault);
    return true;
  }
  await loadPicture(study); // first: what was sent stays on the screen until it has come back
  riskDrafts.value = arrived(riskDrafts.peek(), question, answer);
  return true;
}

export async function loadPicture(study: string): Promise<void> {
  try {
    const found = await riskClient.picture(study);
    if (studyId.peek() !== study) return;
    riskPicture.value = ready(found);
    if (shown(riskForm.peek())?.fingerprint !== found.fingerprint) void loadForm(study); // other tables or alternatives
  } catch (error) {
    if (studyId.peek() === study) riskPicture.value = notHere(asProblem(error), riskPicture.peek());
  }
}

async function loadForm(study: string): Promise<void> {
  riskForm.value = loading(riskForm.peek());
  try {
    const found = await riskClient.form(study);
    if (studyId.peek() === study) riskForm.value = ready(found);
  } catch (error) {
    if (studyId.peek() === study) riskForm.value = notHere(asProblem(error), riskForm.peek());
  }
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
/** The server says something every few seconds; whoever hears nothing for so long has lost it. */
const SILENCE_MS = 12_000;

/** Wait, but no longer than until the machine is in a network again. */
function pauseFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    window.addEventListener("online", go);
  });
}

/** One connection until it ends: by the server, by silence, without a network, or because nobody looks any more. */
async function hear(study: string, over: AbortSignal, onVersion: (version: string) => void): Promise<void> {
  const cut = new AbortController();
  const stop = () => cut.abort();
  let silence = setTimeout(stop, SILENCE_MS);
  over.addEventListener("abort", stop);
  window.addEventListener("offline", stop);
  try {
    for await (const version of riskVersions(study, cut.signal)) {
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS);
      onVersion(version);
    }
  } finally {
    clearTimeout(silence);
    over.removeEventListener("abort", stop);
    window.removeEventListener("offline", stop);
  }
}

/** Hear of every change as long as it is wanted; after a break catch up, and send what has waited. */
async function listen(study: string, over: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  const isOver = () => over.aborted;
  while (!isOver()) {
    try {
      await hear(study, over, (version) => {
        line.value = "live";
        pause = FIRST_PAUSE_MS;
        if (version !== picture.peek()?.version) void loadPicture(study);
        void sendAll();
      });
    } catch {
      if (isOver()) return;
      line.value = "lost";
      await pauseFor(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }
}

const storeKey = (study: string) => `beredt.risk.${study}`;

/** Follow the risk analysis of a study while somebody looks at it: not behind another tab, where it would hold a connection. */
export function watchRisk(study: string): () => void {
  riskDrafts.value = soundRiskDrafts(readStored<unknown>(storeKey(study), {}));
  riskForm.value = EMPTY;
  riskPicture.value = EMPTY;
  line.value = "connecting";
  const stopKeeping = effect(() => writeStored(storeKey(study), riskDrafts.value));
  let asked: AbortController | undefined;
  const look = () => {
    asked?.abort();
    asked = undefined;
    if (document.hidden) return;
    asked = new AbortController();
    void listen(study, asked.signal);
  };
  void loadPicture(study);
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    asked?.abort();
    document.removeEventListener("visibilitychange", look);
    stopKeeping();
  };
}

// Answers on their way to the server. Each is kept in the browser's own store until it has arrived, so that neither a lost
// connection nor a session that has ended loses one; and none is written over what its writer has not seen.
import type { Question, RiskAnswer } from "../api/risk.ts";

export const NOTHING: RiskAnswer = {
  likelihood_before: null,
  consequence_before: null,
  likelihood_after: null,
  consequence_after: null,
  knowledge: null,
  measures: null,
};
const KEYS = Object.keys(NOTHING) as readonly (keyof RiskAnswer)[];

/** An answer that has not arrived: what its writer saw, what they say instead, and why it has not been taken. */
export interface RiskDraft {
  readonly question: Question;
  readonly seen: RiskAnswer;
  readonly answer: RiskAnswer;
  /** `met`: somebody else has answered meanwhile; otherwise what the server says is wrong. */
  readonly fault?: { readonly kind: "met" } | { readonly kind: "wrong"; readonly text: string };
}
export type RiskDrafts = Readonly<Record<string, RiskDraft>>;

export const keyOf = ({ role, number, event, alternative }: Question): string =>
  JSON.stringify([role, number, event, alternative]);

export const isSame = (one: RiskAnswer, other: RiskAnswer): boolean =>
  KEYS.every((key) => one[key] === other[key]);

export const isEmpty = (answer: RiskAnswer): boolean => isSame(answer, NOTHING);

const half = (one: number | null, other: number | null) => (one === null) !== (other === null);

/** Whether it can be sent: of a pair both are there, or neither. */
export const isWhole = (answer: RiskAnswer): boolean =>
  !half(answer.likelihood_before, answer.consequence_before) &&
  !half(answer.likelihood_after, answer.consequence_after);

/** The drafts with a change to one answer; `now` is what stands at the server as far as is known. */
export function changed(
  drafts: RiskDrafts,
  question: Question,
  now: RiskAnswer,
  part: Partial<RiskAnswer>,
): RiskDrafts {
  const key = keyOf(question);
  const before = drafts[key];
  const draft = { question, seen: before?.seen ?? now, answer: { ...(before?.answer ?? now), ...part } };
  if (isSame(draft.answer, draft.seen)) return without(drafts, key);
  return { ...drafts, [key]: before?.fault?.kind === "met" ? { ...draft, fault: before.fault } : draft };
}

/** The drafts after an answer has arrived: what was changed meanwhile is about the new one. */
export function arrived(drafts: RiskDrafts, question: Question, sent: RiskAnswer): RiskDrafts {
  const key = keyOf(question);
  const draft = drafts[key];
  if (!draft) return drafts;
  if (isSame(draft.answer, sent)) return without(drafts, key);
  return { ...drafts, [key]: { question, seen: sent, answer: draft.answer } };
}

export function failed(drafts: RiskDrafts, question: Question, fault: RiskDraft["fault"]): RiskDrafts {
  const key = keyOf(question);
  const draft = drafts[key];
  return draft && fault ? { ...drafts, [key]: { ...draft, fault } } : drafts;
}

/** One's own answer instead of that of whoever was first, which has been seen now. */
export function insisted(drafts: RiskDrafts, question: Question, now: RiskAnswer): RiskDrafts {
  const key = keyOf(question);
  const draft = drafts[key];
  if (!draft) return drafts;
  if (isSame(draft.answer, now)) return without(drafts, key);
  return { ...drafts, [key]: { question, seen: now, answer: draft.answer } };
}

export function without(drafts: RiskDrafts, key: string): RiskDrafts {
  return Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== key));
}

/** The next answer that can be sent. */
export function nextToSend(drafts: RiskDrafts): RiskDraft | undefined {
  return Object.values(drafts).find((draft) => draft.fault === undefined && isWhole(draft.answer));
}

const isObject = (thing: unknown): thing is Readonly<Record<string, unknown>> =>
  typeof thing === "object" && thing !== null && !Array.isArray(thing);

function isAnswer(thing: unknown): thing is RiskAnswer {
  return isObject(thing) && Object.keys(thing).length === KEYS.length && KEYS.every((key) => key in thing);
}

/** The drafts of a store that can be worked on: an older version, or another page, may have written there. */
export function soundRiskDrafts(stored: unknown): RiskDrafts {
  if (!isObject(stored)) return {};
  const sound = Object.entries(stored).filter(([key, one]) => {
    if (!isObject(one) || !isAnswer(one["seen"]) || !isAnswer(one["answer"]) || !isObject(one["question"]))
      return false;
    const { role, number, event, alternative } = one["question"];
    const named = [role, event, alternative].every((part) => typeof part === "string");
    return named && key === JSON.stringify([role, number, event, alternative]);
  });
  return Object.fromEntries(sound) as unknown as RiskDrafts;
}

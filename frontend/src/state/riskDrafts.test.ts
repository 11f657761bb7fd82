import { describe, expect, it } from "vitest";
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
  type RiskDrafts,
} from "./riskDrafts.ts";

const question = { role: "crew", number: 1, event: "late", alternative: "0+" };
const key = keyOf(question);
const grave = { ...NOTHING, likelihood_before: 5, consequence_before: 4 };
const draft = (drafts: RiskDrafts) => drafts[key];

describe("an answer on its way", () => {
  it("is sent when both of a pair are given, over what its writer saw", () => {
    const half = changed({}, question, NOTHING, { likelihood_before: 5 });
    expect(nextToSend(half)).toBeUndefined();
    const whole = changed(half, question, NOTHING, { consequence_before: 4 });
    expect(nextToSend(whole)).toEqual({ question, seen: NOTHING, answer: grave });
    expect(isWhole({ ...grave, likelihood_after: 1 })).toBe(false);
  });

  it("is gone when it has arrived, and what was changed meanwhile is about the new one", () => {
    const sent = changed({}, question, NOTHING, grave);
    expect(arrived(sent, question, grave)).toEqual({});
    const later = changed(sent, question, NOTHING, { knowledge: "weak" });
    expect(draft(arrived(later, question, grave))).toEqual({
      question,
      seen: grave,
      answer: { ...grave, knowledge: "weak" },
    });
  });

  it("is gone when it is taken back before it was sent", () => {
    const drafts = changed({}, question, grave, { likelihood_before: 1 });
    expect(changed(drafts, question, grave, { likelihood_before: 5 })).toEqual({});
  });

  it("waits for a choice when somebody else was first, and loses nothing by it", () => {
    const mine = changed({}, question, NOTHING, grave);
    const met = failed(mine, question, { kind: "met" });
    expect(nextToSend(met)).toBeUndefined();
    const more = changed(met, question, NOTHING, { measures: "Train" });
    expect(draft(more)?.fault).toEqual({ kind: "met" });
    const theirs = { ...NOTHING, likelihood_before: 1, consequence_before: 1 };
    expect(nextToSend(insisted(more, question, theirs))).toEqual({
      question,
      seen: theirs,
      answer: { ...grave, measures: "Train" },
    });
  });

  it("is tried again after a fault once it is changed", () => {
    const wrong = failed(changed({}, question, NOTHING, grave), question, { kind: "wrong", text: "no" });
    expect(nextToSend(wrong)).toBeUndefined();
    expect(nextToSend(changed(wrong, question, NOTHING, { measures: "x" }))).toBeDefined();
  });

  it.each([
    null,
    [],
    "x",
    { a: 1 },
    { [key]: { question, seen: {}, answer: NOTHING } },
    { x: { question, seen: NOTHING, answer: NOTHING } },
  ])("is not read from an odd store: %j", (stored) => expect(soundRiskDrafts(stored)).toEqual({}));

  it("outlives the page", () => {
    const drafts = changed({}, question, NOTHING, grave);
    expect(soundRiskDrafts(JSON.parse(JSON.stringify(drafts)))).toEqual(drafts);
  });
});

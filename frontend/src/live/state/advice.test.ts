// An answer that was given while the server was asked is not lost.
import { expect, it } from "vitest";
import { someAdvice } from "../sample.ts";
import { keepAnswers } from "./advice.ts";

const answered = someAdvice({}, { deed: "followed", unit: "e-2", why: "" });
const fresh = { ...someAdvice(), id: "y" };

it("keeps what somebody answered meanwhile, until it is asked anew on purpose", () => {
  const [known, before] = [new Map([["i1", fresh]]), new Map([["i1", answered]])];
  expect(keepAnswers(known, before, new Set()).get("i1")).toBe(answered);
  expect(keepAnswers(known, before, new Set(["i1"])).get("i1")).toBe(fresh);
  expect(keepAnswers(new Map(), before, new Set()).size).toBe(0);
});

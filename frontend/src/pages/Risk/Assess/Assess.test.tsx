import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { riskDrafts, riskPicture } from "../../../state/risk.ts";
import { keyOf, NOTHING } from "../../../state/riskDrafts.ts";
import { someForm, somePicture } from "../sample.ts";
import { Assess } from "./Assess.tsx";

const question = { role: "crew", number: 1, event: "late", alternative: "0+" };
const show = (isReader = false) =>
  render(
    <Assess
      form={someForm()}
      picture={somePicture()}
      study="tiny"
      event="late"
      alternative="0+"
      question={isReader ? null : question}
    />,
  );

beforeEach(() => {
  riskPicture.value = { state: "ready", value: somePicture() };
});
afterEach(() => {
  riskDrafts.value = {};
  vi.unstubAllGlobals();
});

describe("one event", () => {
  it("is answered by a click, and the answer is kept until it has arrived", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("gone")));
    show();
    await userEvent.click(screen.getAllByRole("button")[0] as HTMLElement);
    expect(riskDrafts.value[keyOf(question)]?.answer).toEqual({
      ...NOTHING,
      likelihood_before: 5,
      consequence_before: 1,
    });
    expect(screen.getByRole("status").textContent).toBe("risk.state_going");
  });

  it("shows both answers when somebody else was first, and lets one choose", async () => {
    const answer = { ...NOTHING, likelihood_before: 5, consequence_before: 1 };
    riskDrafts.value = { [keyOf(question)]: { question, seen: NOTHING, answer, fault: { kind: "met" } } };
    show();
    expect(screen.getByRole("alert").textContent).toContain("risk.met_theirs");
    await userEvent.click(screen.getByText("risk.keep_theirs"));
    expect(riskDrafts.value).toEqual({});
  });

  it("is only looked at by a reader", () => {
    show(true);
    expect(screen.queryAllByRole("button")).toEqual([]);
    expect(screen.getAllByText("risk.apart")).toHaveLength(1);
  });
});

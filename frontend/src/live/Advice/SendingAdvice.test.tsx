// Advice with its reason and its price; it is a person who confirms it, or does something else and says what.
import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Done } from "../api/types.ts";
import { someAdvice } from "../sample.ts";
import { SendingAdvice } from "./SendingAdvice.tsx";

function show(given = someAdvice()): Done[] {
  const told: Done[] = [];
  render(
    <SendingAdvice
      given={given}
      centreName={(id) => id ?? ""}
      free={["e-1", "e-2"]}
      onDone={(done) => told.push(done)}
      onAgain={() => undefined}
    />,
  );
  return told;
}

it("is confirmed by a press of the button, and by nothing else", async () => {
  const told = show();
  expect(screen.getByText(/live.why_nearest/)).toBeTruthy();
  expect(told).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "live.confirm" }));
  expect(told).toEqual([{ deed: "followed", unit: "e-2", why: "" }]);
});

it("takes by keyboard who goes instead, without the one that was advised", async () => {
  const told = show();
  await userEvent.click(screen.getByRole("button", { name: "live.something_else" }));
  const who = screen.getByLabelText("live.sent_instead");
  expect(document.activeElement).toBe(who);
  expect([...who.querySelectorAll("option")].map(({ value }) => value)).toEqual(["", "e-1"]);
  await userEvent.selectOptions(who, "e-1");
  await userEvent.type(screen.getByLabelText("live.why"), "knows the house{Enter}");
  expect(told).toEqual([{ deed: "other", unit: "e-1", why: "knows the house" }]);
});

it("says so where units were taken to be away, and nothing where none were", () => {
  show();
  expect(screen.queryByText(/live.promised/)).toBeNull();
  show(someAdvice({ promised: [{ unit: "w-1", incident: "i-9" }] }));
  expect(screen.getByText(/live.promised/)).toBeTruthy();
});

it("offers nothing to confirm where it cannot tell, and nothing again once somebody has answered", () => {
  show(someAdvice({ deed: "cannot_tell", unit: null, reason: "no_place_or_urgency", choices: [] }));
  expect(screen.queryByRole("button", { name: "live.confirm" })).toBeNull();
  show(someAdvice({}, { deed: "followed", unit: "e-2", why: "" }));
  expect(screen.getByText(/live.done_followed/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "live.confirm" })).toBeNull();
});

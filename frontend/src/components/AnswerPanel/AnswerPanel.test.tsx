import { render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Answer } from "../../api/types.ts";
import { answer, keepAnswers, progress, stale } from "../../state/answers.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { problem, serve } from "../../testing/server.ts";
import { someAnswer } from "../sample.ts";
import { AnswerPanel } from "./AnswerPanel.tsx";

const SENTENCE = "With 2, more patients are reached in time.";
const answered = (...ids: string[]) =>
  (answer.value = { alternatives: ids.map((id) => someAnswer({ id })), seed: 1 } as unknown as Answer);
const said = () =>
  screen
    .getAllByRole("status")
    .map((one) => one.textContent)
    .filter(Boolean);
const busy = () => document.querySelector("[aria-busy=true]");

beforeEach(() => openStudy("?with=2"));
afterEach(() => {
  closeStudy();
  vi.unstubAllGlobals();
});

it("asks for a choice, then says that it prepares, and why in the server's words", () => {
  render(<AnswerPanel />);
  expect(screen.getByText("panel.empty")).toBeTruthy();
  progress.value = { phase: "preparing", text: "Another year is simulated first" };
  return waitFor(() => expect(said()).toEqual(["Another year is simulated first"]));
});

it("tells the answer under the alternative's name, and reads its sentence out when it is whole", async () => {
  answered("2");
  progress.value = { phase: "running" };
  render(<AnswerPanel />);
  expect(screen.getByRole("heading", { name: "East" })).toBeTruthy();
  expect(said()).toEqual([]); // not at every replication
  progress.value = { phase: "done" };
  await waitFor(() => expect(said()).toEqual([SENTENCE]));
});

it("says in words that figures are of earlier changes", () => {
  answered("2");
  stale.value = true;
  progress.value = { phase: "preparing" };
  render(<AnswerPanel />);
  expect(said()).toEqual(["panel.stale"]);
  expect(busy()?.textContent).toContain(SENTENCE);
});

it("tells a failure, that the figures are old and no others come, and asks again when wanted", async () => {
  answered("2");
  const asked = serve({ "POST /api/studies/tiny/answers": () => problem("no roads") });
  const stop = keepAnswers();
  render(<AnswerPanel />);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("no roads");
  expect(alert.textContent).toContain("panel.stale_failed");
  expect(busy()).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "panel.again" }));
  await waitFor(() => expect(asked).toHaveLength(2));
  stop();
});

it("does not go on waiting when all is told and nothing is of this alternative", () => {
  answered("1");
  progress.value = { phase: "done" };
  render(<AnswerPanel />);
  expect(screen.getByText("panel.nothing")).toBeTruthy();
  expect(screen.queryByText("panel.loading")).toBeNull();
});

it("puts compared alternatives side by side, and waits while there is an answer about none of them", () => {
  openStudy("?compare=1,2");
  answered("today");
  progress.value = { phase: "preparing" };
  const { unmount } = render(<AnswerPanel />);
  expect(screen.queryByRole("table")).toBeNull();
  expect(said()).toEqual(["panel.loading"]);
  unmount();
  answered("1", "2");
  render(<AnswerPanel />);
  expect(screen.getAllByRole("columnheader").map((one) => one.textContent)).toEqual([
    "panel.compare.measure",
    "West",
    "East",
  ]);
});

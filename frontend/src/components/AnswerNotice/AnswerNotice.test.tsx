import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Progress } from "../../state/answers.ts";
import { someIssue } from "../sample.ts";
import { AnswerNotice } from "./AnswerNotice.tsx";

const show = (progress: Progress, isStale = false, hasAnswer = false, onAgain = vi.fn()) =>
  render(<AnswerNotice progress={progress} isStale={isStale} hasAnswer={hasAnswer} onAgain={onAgain} />);

it("tells a failure with its issues, and asks again when wanted", async () => {
  const onAgain = vi.fn();
  const problem = { title: "No such station", detail: "edit 2", issues: [someIssue("there is no x", "y?")] };
  show({ phase: "failed", problem }, false, false, onAgain);
  expect(screen.getByRole("alert").textContent).toContain("there is no x → y?");
  await userEvent.click(screen.getByRole("button"));
  expect(onAgain).toHaveBeenCalledOnce();
});

it("says in words that figures are old, that the line is lost, and that nothing is simulated yet", () => {
  show({ phase: "running" }, true, true);
  show({ phase: "waiting", seconds: 4 });
  show({ phase: "preparing" });
  expect(screen.getAllByRole("status").map((one) => one.textContent)).toEqual([
    "panel.stale",
    "panel.waiting",
    "panel.loading",
  ]);
});

it("is silent when the answer is here", () => {
  const { container } = show({ phase: "done" }, false, true);
  expect(container.textContent).toBe("");
});

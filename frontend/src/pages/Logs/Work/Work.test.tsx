import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Job } from "../../../api/runs.ts";
import { someJob } from "../../../testing/jobs.ts";
import { Work } from "./Work.tsx";

const job = (given: Partial<Job>): Job => someJob("1", { kind: "log_import", state: "running", ...given });

it("tells how far it is, and is stopped", async () => {
  const onCancel = vi.fn();
  const progress = { stage: { en: "Cleaning" }, done: 1, total: 4 };
  render(<Work job={job({ progress })} onCancel={onCancel} onAgain={vi.fn()} />);
  expect(screen.getByRole("progressbar").getAttribute("value")).toBe("0.25");
  expect(screen.getByText(/Cleaning/)).toBeTruthy();
  await userEvent.click(screen.getByText("logs.work.cancel"));
  expect(onCancel).toHaveBeenCalledOnce();
});

it("goes on where it was when it was interrupted, and says why it failed", async () => {
  const onAgain = vi.fn();
  const { unmount } = render(
    <Work job={job({ state: "interrupted", can_again: true })} onCancel={vi.fn()} onAgain={onAgain} />,
  );
  expect(screen.getByText("logs.work.resumes")).toBeTruthy();
  await userEvent.click(screen.getByText("logs.work.again"));
  expect(onAgain).toHaveBeenCalledOnce();
  unmount();
  const problem = {
    title: "No",
    detail: "the disk is full",
    type: "about:blank",
    status: 422,
    issues: [],
    language: "en",
  };
  render(
    <Work job={job({ state: "failed", can_again: true, problem })} onCancel={vi.fn()} onAgain={onAgain} />,
  );
  expect(screen.getByRole("alert").textContent).toContain("the disk is full");
  expect(screen.queryByText("logs.work.resumes")).toBeNull();
});

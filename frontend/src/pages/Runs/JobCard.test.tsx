import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Job, JobState } from "../../api/runs.ts";
import { someJob } from "../../testing/jobs.ts";
import { JobCard } from "./JobCard.tsx";

const job = (state: JobState, given: Partial<Job> = {}): Job =>
  someJob("1", { options: { replications: 20 }, state, state_text: { en: state }, ...given });

function show(one: Job, mayChange = true) {
  const acts = { onCancel: vi.fn(), onAgain: vi.fn(), onRemove: vi.fn() };
  render(<JobCard job={one} reportLink="/r" mayChange={mayChange} {...acts} />);
  return acts;
}

describe("a job", () => {
  it("tells its stage, what is left, and can be stopped", async () => {
    const progress = { stage: { en: "Simulating" }, done: 3, total: 20 };
    const acts = show(job("running", { progress, left_s: 240 }));
    expect(screen.getByRole("progressbar").getAttribute("value")).toBe("3");
    expect(screen.getByText("Simulating")).toBeTruthy();
    await userEvent.click(screen.getByText("panel.runs.cancel"));
    expect(acts.onCancel).toHaveBeenCalledOnce();
    expect(screen.queryByText("panel.runs.remove")).toBeNull();
  });

  it("opens the report when it is done, and is removed only after a question", async () => {
    const acts = show(job("done"));
    expect(screen.getByRole("link").getAttribute("href")).toBe("/r");
    await userEvent.click(screen.getByText("panel.runs.remove"));
    expect(acts.onRemove).not.toHaveBeenCalled();
    await userEvent.click(screen.getByText("panel.runs.remove"));
    expect(acts.onRemove).toHaveBeenCalledOnce();
  });

  it("is only read by whoever may change nothing", () => {
    show(job("done"), false);
    expect(screen.getByRole("link").getAttribute("href")).toBe("/r");
    expect(screen.queryAllByRole("button")).toEqual([]);
  });

  it("says why it failed, and begins again when it can", async () => {
    const acts = show(
      job("failed", {
        can_again: true,
        problem: {
          title: "No roads",
          detail: "for area 7",
          type: "about:blank",
          status: 422,
          issues: [],
          language: "en",
        },
      }),
    );
    expect(screen.getByText("for area 7")).toBeTruthy();
    await userEvent.click(screen.getByText("panel.runs.again"));
    expect(acts.onAgain).toHaveBeenCalledOnce();
  });
});

import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { someIssue } from "../sample.ts";
import { ChangeLines } from "./ChangeLines.tsx";

const lines = [
  { text: "Station Asker is closed", complaints: [someIssue("it still has units", "move them first")] },
  { text: "Unit sentrum-5 is removed", complaints: [] },
];

function show() {
  const acts = { onEdit: vi.fn(), onRemove: vi.fn(), onMove: vi.fn() };
  render(<ChangeLines lines={lines} {...acts} />);
  return acts;
}

describe("the list of changes", () => {
  it("tells complaints beside their line, with the remedy", () => {
    show();
    const [first, second] = screen.getAllByRole("listitem");
    expect(first?.textContent).toContain("it still has units move them first");
    expect(second?.textContent).not.toContain("move them");
  });

  it("edits, removes and reorders by buttons", async () => {
    const acts = show();
    await userEvent.click(screen.getByText("Unit sentrum-5 is removed"));
    expect(acts.onEdit).toHaveBeenCalledWith(1);
    await userEvent.click(screen.getAllByLabelText("panel.changes.remove")[0] as HTMLElement);
    expect(acts.onRemove).toHaveBeenCalledWith(0);
    const [up, otherUp] = screen.getAllByLabelText<HTMLButtonElement>("panel.changes.up");
    expect(up?.disabled).toBe(true);
    await userEvent.click(otherUp as HTMLElement);
    expect(acts.onMove).toHaveBeenCalledWith(1, 0);
  });

  it("reorders by keyboard, not past the ends", async () => {
    const acts = show();
    screen.getByText("Station Asker is closed").focus();
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(acts.onMove).not.toHaveBeenCalled();
    await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(acts.onMove).toHaveBeenCalledWith(0, 1);
  });
});

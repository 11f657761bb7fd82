import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { someGate } from "../sample.ts";
import { AlternativeRow } from "./AlternativeRow.tsx";

const row = (given: Partial<Parameters<typeof AlternativeRow>[0]> = {}) => (
  <AlternativeRow
    id="2"
    name="West takes over"
    ink="#d55e00"
    isChosen={false}
    isChanged={false}
    gate={null}
    isCompared={false}
    canCompare={true}
    onChoose={vi.fn()}
    onCompare={vi.fn()}
    {...given}
  />
);

it("is chosen by its name and compared by its box", async () => {
  const onChoose = vi.fn();
  const onCompare = vi.fn();
  render(row({ onChoose, onCompare }));
  await userEvent.click(screen.getByRole("button", { name: "West takes over" }));
  expect(onChoose).toHaveBeenCalledOnce();
  await userEvent.click(screen.getByRole("checkbox"));
  expect(onCompare).toHaveBeenCalledWith(true);
});

it("cannot be compared where four are, or where it is today", () => {
  const { rerender } = render(row({ canCompare: false }));
  expect(screen.getByRole<HTMLInputElement>("checkbox").disabled).toBe(true);
  rerender(row({ canCompare: false, isCompared: true }));
  expect(screen.getByRole<HTMLInputElement>("checkbox").disabled).toBe(false); // to be taken out again
  rerender(row({ canCompare: undefined }));
  expect(screen.queryByRole("checkbox")).toBeNull();
});

it("tells that it is chosen, not saved, and what premise 1 says", () => {
  const { container } = render(
    row({ isChosen: true, isChanged: true, gate: someGate("fails", "Does not meet") }),
  );
  expect(screen.getByRole("button", { pressed: true })).toBeTruthy();
  expect(container.textContent).toContain("panel.alternatives.unsaved");
  expect(container.textContent).toContain("Does not meet");
});

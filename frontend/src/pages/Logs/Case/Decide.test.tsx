import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { someCase, someForms } from "../sample.ts";
import { Decide } from "./Decide.tsx";
import { History } from "./History.tsx";
import { Missions } from "./Missions.tsx";

function show() {
  const acts = {
    onStatus: vi.fn(() => Promise.resolve(true)),
    onComment: vi.fn(() => Promise.resolve(true)),
  };
  render(<Decide detail={someCase()} forms={someForms} {...acts} />);
  const save = () => screen.getByRole<HTMLButtonElement>("button", { name: "logs.case.save" });
  return { ...acts, save };
}

it("closes a case with a word only", async () => {
  const { save, onStatus } = show();
  expect(save().disabled).toBe(true);
  await userEvent.selectOptions(screen.getByLabelText("logs.review.status"), "closed");
  expect(save().disabled).toBe(true);
  expect(screen.getByText(/logs.case.needs_comment/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText("logs.case.comment"), "Snow");
  await userEvent.click(save());
  expect(onStatus).toHaveBeenCalledWith("closed", "Snow");
});

it("writes a comment where the status stays", async () => {
  const { save, onStatus, onComment } = show();
  await userEvent.type(screen.getByLabelText("logs.case.comment"), "Asked the crew");
  await userEvent.click(save());
  expect(onComment).toHaveBeenCalledWith("Asked the crew");
  expect(onStatus).not.toHaveBeenCalled();
});

it("shows stamps on the log's own clock, and only those that there are", () => {
  render(<Missions detail={someCase()} forms={someForms} />);
  expect(screen.getAllByRole("columnheader").map((one) => one.textContent)).toEqual([
    "logs.review.unit",
    "call",
    "at the scene",
  ]);
  expect(screen.getAllByRole("cell").map((one) => one.textContent)).toEqual(["13:00:00", "13:40:00"]);
});

it("tells the history by people and rules", () => {
  render(<History detail={someCase()} forms={someForms} />);
  expect(screen.getAllByRole("listitem")).toHaveLength(1);
});

import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { useState } from "preact/hooks";
import { expect, it } from "vitest";
import { EMPTY_WEEK, hourAt, hoursOn, type Week } from "./hours.ts";
import { WeekStrip } from "./WeekStrip.tsx";

let shown: Week = EMPTY_WEEK;

function Strip() {
  const [week, setWeek] = useState(EMPTY_WEEK);
  shown = week;
  return <WeekStrip week={week} label="on duty" onChange={setWeek} />;
}

it("sets hours by keyboard alone: a space for one, shift and arrows for a block", async () => {
  render(<Strip />);
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard(" ");
  expect(shown[hourAt(0, 8)]).toBe(true);
  await user.keyboard("{Shift>}{ArrowRight}{ArrowRight}{ArrowDown}{/Shift}");
  expect(hoursOn(shown)).toBeGreaterThanOrEqual(4);
  expect(shown[hourAt(1, 10)]).toBe(true);
  await user.keyboard("{ArrowDown} ");
  expect(shown[hourAt(2, 10)]).toBe(true);
});

it("says of every hour whether it is on", async () => {
  render(<Strip />);
  expect(screen.getAllByRole("gridcell")).toHaveLength(168);
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  expect(screen.getAllByRole("gridcell", { selected: true })).toHaveLength(1);
});

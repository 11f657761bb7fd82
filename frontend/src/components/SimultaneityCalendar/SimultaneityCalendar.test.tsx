import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { monthsOf, shareWithHelp } from "./months.ts";
import { SimultaneityCalendar } from "./SimultaneityCalendar.tsx";

const day = (level: number) => Array.from({ length: 24 }, (_, hour) => (hour === 5 ? level : 0));
const year = {
  start: "2026-01-01",
  group: "Asker",
  levels: Array.from({ length: 365 }, (_, one) => day(one % 7)),
};

describe("months", () => {
  it("cut the year where the calendar does", () => {
    const months = monthsOf(year.start, year.levels);
    expect(months).toHaveLength(12);
    expect(months.map((one) => one.days.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect(monthsOf("2026-01-31", year.levels.slice(0, 2))).toHaveLength(2);
  });

  it("tell the share of hours with help", () => {
    expect(shareWithHelp([day(3), day(0)])).toBeCloseTo(1 / 48);
    expect(shareWithHelp([])).toBe(0);
  });
});

describe("the calendar", () => {
  it("writes the number in the cell, at most five", () => {
    render(<SimultaneityCalendar {...year} isSafe={false} onSafe={vi.fn()} />);
    const cells = document.querySelectorAll(".month-table .level-5");
    expect(cells.length).toBeGreaterThan(0);
    expect(new Set([...cells].map((cell) => cell.textContent))).toEqual(new Set(["5"]));
  });

  it("turns to another month, and to colours for the colour-blind", async () => {
    const onSafe = vi.fn();
    render(<SimultaneityCalendar {...year} isSafe={false} onSafe={onSafe} />);
    expect(document.querySelectorAll(".month-table tbody tr")).toHaveLength(31);
    const group = screen.getByRole("group", { name: "panel.calendar.choose" });
    const february = group.querySelectorAll("button")[1];
    if (february) await userEvent.click(february);
    expect(document.querySelectorAll(".month-table tbody tr")).toHaveLength(28);
    await userEvent.click(screen.getByRole("checkbox"));
    expect(onSafe).toHaveBeenCalledWith(true);
  });
});

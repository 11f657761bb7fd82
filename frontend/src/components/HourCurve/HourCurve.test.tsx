import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { HourCurve } from "./HourCurve.tsx";
import { niceTicks } from "./ticks.ts";

const flat = (value: number) => Array.from({ length: 24 }, () => value);

describe("ticks", () => {
  it("are round and hold all figures", () => {
    expect(niceTicks([9.2, 13.7], 4)).toEqual([8, 10, 12, 14]);
    expect(niceTicks([3, 40], 4, true)).toEqual([0, 10, 20, 30, 40]);
    expect(niceTicks([5, 5], 4).length).toBeGreaterThan(1);
    expect(niceTicks([], 4)).toEqual([0, 1]);
  });
});

describe("a curve of the day", () => {
  it("says the finding and draws a line for each", () => {
    const lines = [
      { id: "today", name: "Today", ink: "grey", values: flat(700), quiet: true },
      { id: "2", name: "2", ink: "blue", values: flat(640) },
    ];
    render(<HourCurve lines={lines} unit="s" alt="longest from 03" />);
    expect(screen.getByRole("img", { name: "longest from 03" })).toBeTruthy();
    expect(document.querySelectorAll(".hour-curve-line")).toHaveLength(2);
    expect(screen.getByText("24")).toBeTruthy();
  });

  it("is broken where an hour has no figure", () => {
    const values = flat(5);
    values[12] = Number.NaN;
    render(<HourCurve lines={[{ id: "a", name: "a", ink: "red", values }]} unit="count" alt="a" small />);
    const path = document.querySelector(".hour-curve-line")?.getAttribute("d") ?? "";
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path).not.toContain("NaN");
  });
});

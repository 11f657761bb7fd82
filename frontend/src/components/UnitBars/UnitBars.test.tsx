import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { someUnit } from "../sample.ts";
import { UnitBars } from "./UnitBars.tsx";

it("lists the busiest unit first, its bar as long as its share", () => {
  const units = [someUnit("a", "x", 0.25), someUnit("b", "y", 0.5)];
  render(<UnitBars units={units} ink="blue" stationName={(id) => id.toUpperCase()} />);
  expect(screen.getAllByRole("rowheader").map((one) => one.textContent)).toEqual(["b Y", "a X"]);
  expect(screen.getByText("50%")).toBeTruthy();
  const bars = [...document.querySelectorAll<HTMLElement>(".unit-bars-bar")];
  const [first = 0, second = 0] = bars.map((bar) => parseFloat(bar.style.width));
  expect(second).toBeCloseTo(first / 2);
});

it("shows the others when asked", async () => {
  const units = Array.from({ length: 14 }, (_, number) => someUnit(`u${number}`, "x", number / 20));
  render(<UnitBars units={units} ink="blue" />);
  expect(screen.getAllByRole("rowheader")).toHaveLength(10);
  await userEvent.click(screen.getByRole("button"));
  expect(screen.getAllByRole("rowheader")).toHaveLength(14);
});

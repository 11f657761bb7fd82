import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { UnitBars } from "./UnitBars.tsx";

it("lists the busiest unit first, its bar as long as its share", () => {
  const units = [
    { id: "a", station: "x", utilisation: 0.25 },
    { id: "b", station: "y", utilisation: 0.5 },
  ];
  render(<UnitBars units={units} ink="blue" stationName={(id) => id.toUpperCase()} />);
  expect(screen.getAllByRole("rowheader").map((one) => one.textContent)).toEqual(["b Y", "a X"]);
  expect(screen.getByText("50%")).toBeTruthy();
  const widths = [...document.querySelectorAll<HTMLElement>(".unit-bars-bar")].map((bar) =>
    parseFloat(bar.style.width),
  );
  expect(widths).toEqual([70, 35]);
});

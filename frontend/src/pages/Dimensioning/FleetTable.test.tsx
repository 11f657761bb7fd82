import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import type { Cell, Dimensioning, Scenario } from "../../api/analyses.ts";
import { FleetTable } from "./FleetTable.tsx";

const share = (asked: boolean) => ({ value: 0.9, low: 0.85, high: 0.95, asked, own: 0.8 });
const cell = (band: string, units: number, own_units: number): Cell => ({
  station: "a",
  band,
  units,
  own_units,
  nearest: share(true),
  target: share(false),
  ceiling: 0.95,
  acute_calls: 100,
});
const ANSWER = {
  bands: ["day", "night"].map((id) => ({ id, name: { en: id }, hours: 12 })),
  stations: [{ id: "a", name: "Asker" }],
} as unknown as Dimensioning;
const SCENARIO = { cells: [cell("day", 3, 2), cell("night", 1, 1)] } as unknown as Scenario;

it("has a row for a station and a column for each part of the day, and says what is not asked for", () => {
  render(<FleetTable answer={ANSWER} scenario={SCENARIO} />);
  expect(screen.getByRole("rowheader").textContent).toBe("Asker");
  expect(screen.getAllByRole("cell")).toHaveLength(2);
  expect(screen.getByText("▲")).toBeTruthy();
  expect(screen.getAllByText("dimension.not_asked")).toHaveLength(2);
});

import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { TradeOff } from "../../api/analyses.ts";
import { TradeOffChart } from "./TradeOffChart.tsx";

const form = { unit: "count", factor: 1, digits: 0 };
const point = (first: number, second: number) => ({
  first,
  second,
  proved: true,
  sites: {},
  plan: { edits: [], unsaid: [] },
});
const TRADED: TradeOff = {
  criteria: [
    { id: "covered", name: { en: "covered" }, form, more_is_better: true },
    { id: "sites", name: { en: "sites" }, form, more_is_better: false },
  ],
  points: [point(90, 3), point(70, 2), point(40, 1)],
  exact: true,
  step: 1,
};

it("has a button for every point, by pointer and by keyboard", async () => {
  const onChoose = vi.fn();
  render(<TradeOffChart traded={TRADED} chosen={2} onChoose={onChoose} />);
  const points = screen.getAllByRole("button");
  expect(points.map((one) => one.getAttribute("aria-pressed"))).toEqual(["false", "true", "false"]);
  await userEvent.click(points[2] as HTMLElement);
  expect(onChoose).toHaveBeenLastCalledWith(3);
  points[0]?.focus();
  await userEvent.keyboard("{Enter}");
  expect(onChoose).toHaveBeenLastCalledWith(1);
});

it("lies on its scale: fewer sites to the left, more calls above", () => {
  render(<TradeOffChart traded={TRADED} chosen={null} onChoose={() => undefined} />);
  const at = screen
    .getAllByRole("button")
    .map(({ style }) => [parseFloat(style.left), parseFloat(style.top)]);
  expect(at[0]?.[0]).toBeGreaterThan(at[2]?.[0] ?? 0);
  expect(at[0]?.[1]).toBeLessThan(at[2]?.[1] ?? 0);
});

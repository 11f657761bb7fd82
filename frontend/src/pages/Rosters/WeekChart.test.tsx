import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { WeekChart } from "./WeekChart.tsx";

const all = (units: number) => Array.from({ length: 168 }, () => units);

it("says the need and what is on duty, and draws today only where there is one", () => {
  const { container } = render(
    <WeekChart station="Asker" need={all(1).with(12, 3)} onDuty={all(2)} today={[]} name="Fewest" />,
  );
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("rosters.week_alt");
  expect(container.querySelectorAll(".week-chart-today")).toHaveLength(0);
  expect(container.querySelector(".week-chart-duty")?.getAttribute("d")?.match(/H/g)).toHaveLength(168);
});

import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { someForms } from "../sample.ts";
import { Summary } from "./Summary.tsx";

it("stands a colon where a small count is left out, and the sum at the end", () => {
  const row = (rule: string, cases: number | null) => ({
    rule,
    cases,
    by_status: { new: cases, open: 0, closed: null },
  });
  render(
    <Summary queue={{ exists: true, rows: [row("", 40), row("late", null)] }} forms={someForms} isOpen />,
  );
  const cells = screen.getAllByRole("row").map((one) => [...one.children].map((cell) => cell.textContent));
  expect(cells.slice(1)).toEqual([
    ["Late", ":", ":", "0", ":"],
    ["logs.review.all_rules", "40", "40", "0", ":"],
  ]);
});

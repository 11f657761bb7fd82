import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { estimate, someAnswer, someCard, someGate } from "../sample.ts";
import { CompareTable } from "./CompareTable.tsx";
import { compareRows } from "./rows.ts";

const one = someAnswer({ id: "1" });
const two = someAnswer({
  id: "2",
  gate: someGate("fails", "Does not meet premise 1"),
  cards: [
    someCard({ difference: estimate(-0.02, 0.01), change: "worse" }),
    someCard({ id: "p90", title: "Slowest" }),
  ],
});

describe("the table of a comparison", () => {
  it("has a row for every figure that any of them has", () => {
    const rows = compareRows([one, two]);
    expect(rows.map((row) => row.id)).toEqual(["within_target", "p90"]);
    expect(rows[1]?.cards[0]).toBeUndefined();
  });

  it("puts gates, differences and intervals side by side", () => {
    const columns = [
      { answer: one, name: "One", ink: "blue" },
      { answer: two, name: "Two", ink: "red" },
    ];
    render(<CompareTable columns={columns} againstName="Today" />);
    expect(screen.getByText("Does not meet premise 1", { exact: false })).toBeTruthy();
    const row = screen.getByRole("rowheader", { name: /Within target/ }).closest("tr");
    expect(row?.textContent).toContain("+1.3\u00a0pp (0.9–1.7)");
    expect(row?.textContent).toContain("\u22122.0\u00a0pp");
    expect(screen.getAllByRole("img").length).toBe(3);
  });
});

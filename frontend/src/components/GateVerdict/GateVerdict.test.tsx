import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { estimate, someGate } from "../sample.ts";
import { GATE_MARKS, GateVerdict } from "./GateVerdict.tsx";

it.each(["meets", "fails", "undecided"] as const)("tells %s by words and a mark of its own", (outcome) => {
  render(<GateVerdict gate={someGate(outcome, `it ${outcome}`)} />);
  const text = screen.getByRole("region", { name: "Alternative 2" }).textContent;
  expect(text).toContain(`it ${outcome}`);
  expect(text).toContain(GATE_MARKS[outcome]);
  expect(text).toContain("why");
  expect(text).toContain("panel.gate.board");
});

it("has three marks", () => {
  expect(new Set(Object.values(GATE_MARKS)).size).toBe(3);
});

it("says that it is no last word while replications arrive", () => {
  render(<GateVerdict gate={someGate("meets", "meets", { provisional: true })} short />);
  expect(document.body.textContent).toContain("panel.gate.provisional");
});

it("shows every declared row beside its margin", () => {
  const row = {
    group: "baerum",
    name: "Bærum",
    measure: "response_mean_s",
    title: "Mean",
    unit: "s" as const,
    difference: estimate(38, 17),
    margin: 15,
    outcome: "fails" as const,
  };
  render(<GateVerdict gate={someGate("fails", "fails", { rows: [row] })} />);
  expect(screen.getByRole("rowheader").closest("tr")?.textContent).toContain("+38\u00a0s (21–55)15\u00a0s✗");
});

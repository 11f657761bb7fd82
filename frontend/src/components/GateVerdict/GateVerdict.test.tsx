import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import type { Outcome } from "../shapes.ts";
import { GATE_MARKS, GateVerdict } from "./GateVerdict.tsx";

const gate = (outcome: Outcome) => ({
  outcome,
  mark: "",
  title: "Alternative 2",
  answer: `it ${outcome}`,
  lines: ["why"],
});

it.each(["meets", "fails", "undecided"] as const)("tells %s by words and a mark of its own", (outcome) => {
  render(<GateVerdict gate={gate(outcome)} />);
  const text = screen.getByRole("region", { name: "Alternative 2" }).textContent;
  expect(text).toContain(`it ${outcome}`);
  expect(text).toContain(GATE_MARKS[outcome]);
  expect(text).toContain("why");
  expect(text).toContain("panel.gate.board");
});

it("has three marks", () => {
  expect(new Set(Object.values(GATE_MARKS)).size).toBe(3);
});

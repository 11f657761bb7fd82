import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { PlanButton } from "./PlanButton.tsx";

it("asks for no alternative where nothing would change, and says what edits cannot", () => {
  const plan = { edits: [], unsaid: [{ en: "Borders stay." }] };
  render(<PlanButton plan={plan} about="today" title={{ en: "x" }} />);
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(true);
  expect(screen.getByText(/analysis.changes_none.*Borders stay\./)).toBeTruthy();
});

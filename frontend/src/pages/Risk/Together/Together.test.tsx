import { render, screen, within } from "@testing-library/preact";
import { expect, it } from "vitest";
import { someForm, somePicture } from "../sample.ts";
import { Together } from "./Together.tsx";

it("shows events by number where all put them, and how far people lie apart", () => {
  render(<Together form={someForm()} picture={somePicture()} alternative="0+" />);
  const [before, after] = screen.getAllByRole("table");
  expect(within(before as HTMLElement).getByText("1", { selector: "b" })).toBeTruthy();
  expect(within(after as HTMLElement).queryByText("1", { selector: "b" })).toBeNull();
  const row = within(screen.getByRole("region", { name: "risk.table" })).getAllByRole("row")[2];
  expect(row?.textContent).toContain("▲ high");
  expect(row?.textContent).toMatch(/0[.,]75 \/ 0[.,]00/);
  expect(screen.getAllByText("risk.unassessed")).toHaveLength(5);
});

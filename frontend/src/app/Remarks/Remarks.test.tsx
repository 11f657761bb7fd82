import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { someIssue } from "../../components/sample.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { Remarks } from "./Remarks.tsx";

afterEach(closeStudy);

it("tells what is worth a look, once for each state of the study", async () => {
  openStudy("", { issues: [someIssue("the shape crosses itself", "mend it")] });
  render(<Remarks />);
  expect(screen.getByRole("listitem").textContent).toContain("the shape crosses itself → mend it");
  await userEvent.click(screen.getByRole("button"));
  expect(screen.queryByRole("region")).toBeNull();
  openStudy("", { issues: [someIssue("another", "look")], fingerprint: "another" });
  expect(await screen.findByText(/another → look/)).toBeTruthy();
});

it("is silent where there is nothing", () => {
  openStudy("", { issues: [] });
  const { container } = render(<Remarks />);
  expect(container.textContent).toBe("");
});

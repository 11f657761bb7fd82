import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { Workbook } from "./Workbook.tsx";

afterEach(() => vi.unstubAllGlobals());

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

it("brings a workbook in, and asks what becomes of assessors who answered otherwise", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    const isMet = path.endsWith("same=refuse");
    return Promise.resolve(
      isMet
        ? answer(409, { title: "First", detail: "crew 1 answered otherwise" })
        : answer(200, { answers: 2, assessors: 1, changed: 2, warnings: [] }),
    );
  });
  render(<Workbook study="tiny" mayBring hasAnswers />);
  await userEvent.upload(screen.getByLabelText("risk.workbook_bring"), new File(["PK"], "a.xlsx"));
  expect(screen.getByRole("alert").textContent).toContain("crew 1 answered otherwise");
  await userEvent.click(screen.getByText("risk.same_renumber"));
  expect(asked[1]).toBe("/api/studies/tiny/risk/workbook?same=renumber");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("gives readers the empty form only", () => {
  render(<Workbook study="tiny" mayBring={false} hasAnswers />);
  expect(screen.getAllByText(/^risk\.workbook_/, { selector: "a" })).toHaveLength(1);
  expect(screen.queryByLabelText("risk.workbook_bring")).toBeNull();
});

import { render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { someLog } from "../sample.ts";
import { BesideFile } from "./BesideFile.tsx";

const asked: [string, string][] = [];
let refused = false;

beforeEach(() => {
  asked.length = 0;
  refused = false;
  vi.stubGlobal("fetch", (path: string, options: RequestInit = {}) => {
    asked.push([options.method ?? "GET", path]);
    const problem = { title: "x", status: 422, detail: "the roster cannot be used", issues: [] };
    return Promise.resolve(refused ? Response.json(problem, { status: 422 }) : Response.json(someLog()));
  });
});

it("sends the roster that is chosen under its name, and says what is wrong with it", async () => {
  render(<BesideFile log={someLog()} kind="roster" />);
  const choose = screen.getByLabelText("logs.indicators.roster_choose");
  await userEvent.upload(choose, new File(["unit,on,off"], "vakt plan.csv"));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual(["PUT", expect.stringMatching(/\/beside\/roster\?name=vakt%20plan\.csv$/)]);
  refused = true;
  await userEvent.upload(choose, new File(["x"], "other.csv"));
  expect((await screen.findByRole("alert")).textContent).toContain("the roster cannot be used");
});

it("tells which roster there is, and takes it away", async () => {
  render(<BesideFile log={someLog({ roster: "mars.csv" })} kind="roster" />);
  expect(screen.getByText("mars.csv")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /roster_remove/ }));
  await waitFor(() => expect(asked.map(([method]) => method)).toEqual(["DELETE"]));
});

import { render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setQuery } from "../../state/location.ts";
import { someJob } from "../../testing/jobs.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { problem, serve } from "../../testing/server.ts";
import { topicPage } from "./Topic.tsx";

const Page = topicPage("panel.page.staff", ["staff", "cost"]);
const chapters = ["gate", "staff", "cost"].map((id) => ({ id, title: `About ${id}`, finding: "" }));
const answers = (given: object = {}) => ({
  "GET /api/jobs": { jobs: [someJob("new")] },
  "GET /api/runs/new/chapters?": { chapters },
  "GET /api/runs/new/chapters/staff": () => new Response("<p>All sleep.</p>"),
  "GET /api/runs/new/chapters/cost": () => new Response("<p>It costs nothing.</p>"),
  ...given,
});

beforeEach(() => openStudy("/staff"));
afterEach(() => {
  closeStudy();
  vi.unstubAllGlobals();
});

it("has a tab for each of its chapters and for no other, and opens the first", async () => {
  serve(answers());
  render(<Page />);
  expect(await screen.findByText("All sleep.")).toBeTruthy();
  expect(screen.getAllByRole("link").map((one) => one.textContent)).toEqual(["About staff", "About cost"]);
  setQuery({ chapter: "cost" });
  expect(await screen.findByText("It costs nothing.")).toBeTruthy();
  expect(screen.getByRole("link", { current: "page" }).textContent).toBe("About cost");
  expect(screen.getByRole("heading", { name: "panel.page.staff" })).toBeTruthy();
});

it("leads to the report where a run has no such chapter, and to the runs where there is none", async () => {
  serve(answers({ "GET /api/runs/new/chapters?": { chapters: chapters.slice(0, 1) } }));
  const { unmount } = render(<Page />);
  expect((await screen.findByRole("link")).getAttribute("href")).toBe("/s/tiny/report");
  unmount();
  serve(answers({ "GET /api/jobs": { jobs: [] } }));
  render(<Page />);
  expect((await screen.findByRole("link", { name: "panel.runs.start" })).getAttribute("href")).toBe(
    "/s/tiny/runs",
  );
});

it("says what kept it from reading the chapters", async () => {
  serve(answers({ "GET /api/runs/new/chapters?": () => problem("the run is damaged") }));
  render(<Page />);
  expect((await screen.findByRole("alert")).textContent).toContain("the run is damaged");
});

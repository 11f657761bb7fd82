import { render, screen, waitFor, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { narrow } from "../../app/narrow.ts";
import { query, setQuery } from "../../state/location.ts";
import { someJob } from "../../testing/jobs.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { never, problem, serve } from "../../testing/server.ts";
import Report from "./Report.tsx";

const heads = [
  { id: "gate", title: "Premise 1", finding: "All meet it" },
  { id: "staff", title: "Staff", finding: "Nobody is worn out" },
];
const files = [
  { name: "report.pdf", size_bytes: 2_400_000 },
  { name: "report.html", size_bytes: 52_000 },
  { name: "tables/deep.json", size_bytes: 10 },
];
const answers = () => ({
  "GET /api/jobs": {
    jobs: [someJob("new"), someJob("old"), someJob("other", { study: "another" })],
  } as unknown,
  "GET /api/runs/new/chapters?": { chapters: heads } as unknown,
  "GET /api/runs/new/chapters/gate": () => new Response("<p>West meets it.</p>"),
  "GET /api/runs/new/chapters/staff": () => new Response("<p>All sleep.</p>"),
  "GET /api/runs/new/files": { files } as unknown,
});

beforeEach(() => openStudy("/report"));
afterEach(() => {
  narrow.value = false;
  closeStudy();
  vi.unstubAllGlobals();
});

it("leads to where a run is started when there is none", async () => {
  serve({ ...answers(), "GET /api/jobs": { jobs: [someJob("going", { kind: "site" })] } });
  render(<Report />);
  const link = await screen.findByRole("link", { name: "panel.runs.start" });
  expect(link.getAttribute("href")).toBe("/s/tiny/runs");
});

it("says that runs cannot be read, and reads them when asked again", async () => {
  const server = { ...answers(), "GET /api/jobs": (): unknown => problem("the list is locked") };
  serve(server);
  render(<Report />);
  expect((await screen.findByRole("alert")).textContent).toContain("the list is locked");
  server["GET /api/jobs"] = () => Response.json({ jobs: [someJob("new")] });
  await userEvent.click(screen.getByRole("button", { name: "logs.again" }));
  expect(await screen.findByText("West meets it.")).toBeTruthy();
});

it("opens the newest run at its first chapter, and another where the address says so", async () => {
  serve(answers());
  render(<Report />);
  expect(await screen.findByText("West meets it.")).toBeTruthy();
  const chapters = within(screen.getByRole("navigation", { name: "panel.report.chapters" }));
  expect(chapters.getByRole("link", { current: "page" }).textContent).toBe("Premise 1");
  expect(chapters.getByRole("link", { name: "Staff" }).getAttribute("href")).toContain("chapter=staff");
  setQuery({ chapter: "staff" });
  expect(await screen.findByText("All sleep.")).toBeTruthy();
  expect(chapters.getByRole("link", { current: "page" }).textContent).toBe("Staff");
});

it("is read in another language, or of another run, without leaving the page", async () => {
  const asked = serve(answers());
  render(<Report />);
  await screen.findByText("West meets it.");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "panel.report.language" }), "nn");
  await waitFor(() => expect(asked.some((one) => one.path.includes("/gate?lang=nn"))).toBe(true));
  const runs = screen.getByRole("combobox", { name: "panel.report.run" });
  expect(within(runs).getAllByRole("option")).toHaveLength(2); // of this study only
  await userEvent.selectOptions(runs, "old");
  expect(query("run")).toBe("old");
});

it("has the chapters in a list to choose from where there is little room", async () => {
  narrow.value = true;
  serve(answers());
  render(<Report />);
  await screen.findByText("West meets it.");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "panel.report.chapters" }), "staff");
  expect(query("chapter")).toBe("staff");
});

it("offers its files to take along, those that are used most first, each with its size", async () => {
  serve(answers());
  render(<Report />);
  const offered = within(await screen.findByRole("region", { name: "panel.report.files" })).getAllByRole(
    "link",
  );
  expect(offered.map((one) => one.getAttribute("href"))).toEqual([
    "/api/runs/new/files/report.html",
    "/api/runs/new/files/report.pdf",
  ]);
  expect(screen.getByText(/report.html · panel.report.kilobytes/)).toBeTruthy();
  expect(screen.getByText(/report.pdf · panel.report.megabytes/)).toBeTruthy();
});

it("says that it reads, and what it cannot read, and tries again when asked", async () => {
  const server = { ...answers(), "GET /api/runs/new/chapters?": never as () => unknown };
  serve(server);
  const { unmount } = render(<Report />);
  expect(await screen.findByText("panel.report.loading")).toBeTruthy();
  unmount();
  server["GET /api/runs/new/chapters?"] = () => problem("the run is damaged");
  render(<Report />);
  expect((await screen.findByRole("alert")).textContent).toContain("the run is damaged");
  server["GET /api/runs/new/chapters?"] = () => Response.json({ chapters: heads });
  await userEvent.click(screen.getByRole("button", { name: "logs.again" }));
  expect(await screen.findByText("West meets it.")).toBeTruthy();
});

it("tells of a chapter alone that cannot be read, while the others can", async () => {
  const server = { ...answers(), "GET /api/runs/new/chapters/gate": () => problem("a table is missing") };
  serve(server);
  render(<Report />);
  expect((await screen.findByRole("alert")).textContent).toContain("a table is missing");
  setQuery({ chapter: "staff" });
  expect(await screen.findByText("All sleep.")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

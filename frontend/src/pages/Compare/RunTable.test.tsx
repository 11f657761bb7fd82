import { render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { jobs } from "../../state/jobs.ts";
import { ready } from "../../state/remote.ts";
import { someJob } from "../../testing/jobs.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { serve } from "../../testing/server.ts";
import { RunTable } from "./RunTable.tsx";

const run = someJob("r", { fingerprint: "a1b2c3d4e5f6a7b8" });
const rows = [{ name: "Carbon dioxide", today: "90 tonnes", changes: { "1": "+3 tonnes (1–5)" } }];

beforeEach(() => openStudy("/compare?compare=1,2"));
afterEach(() => {
  closeStudy();
  vi.unstubAllGlobals();
});

it("shows the newest run's figures of what is compared, and a dash where the run knows nothing", async () => {
  serve({ "GET /api/jobs": { jobs: [run] }, "GET /api/runs/r/consequences": { fingerprint: "a", rows } });
  jobs.value = ready([run]);
  render(<RunTable />);
  const line = await screen.findByRole("row", { name: /Carbon dioxide/ });
  expect(line.textContent).toBe("Carbon dioxide90 tonnes+3 tonnes (1–5)–");
  expect(screen.queryByText("panel.compare.run_stale")).toBeNull();
});

it("says where there is no run, and where the study has changed since", async () => {
  serve({ "GET /api/jobs": { jobs: [] } });
  jobs.value = ready([]);
  const { unmount } = render(<RunTable />);
  expect(screen.getByText("panel.compare.run_none")).toBeTruthy();
  unmount();
  const before = { ...run, fingerprint: "another" };
  serve({ "GET /api/jobs": { jobs: [before] }, "GET /api/runs/r/consequences": { fingerprint: "a", rows } });
  jobs.value = ready([before]);
  render(<RunTable />);
  expect(await screen.findByText("panel.compare.run_stale")).toBeTruthy();
});

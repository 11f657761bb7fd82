import { render, screen, waitFor, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { logs } from "../../state/logs.ts";
import { query, setQuery } from "../../state/location.ts";
import { EMPTY, ready } from "../../state/remote.ts";
import { mapRemote } from "../../state/study.ts";
import type { StudyMap } from "../../api/types.ts";
import { someJob } from "../../testing/jobs.ts";
import { closeStudy, logInAs, openStudy } from "../../testing/open.ts";
import { never, problem, serve } from "../../testing/server.ts";
import Demand from "./Demand.tsx";

const chapter = (part: string) => ({
  id: `demand-${part}`,
  title: part,
  finding: `Found of ${part}`,
  html: `<p>All of ${part}</p>`,
});
const demand = (given: object = {}) => ({
  chapters: ["people", "calls", "growth", "staff"].map(chapter),
  fingerprint: "a1",
  known: [2030, 2040],
  years: [],
  run: "new",
  is_run_stale: false,
  year: 2024,
  ...given,
});
const DEMAND = "GET /api/studies/tiny/demand";
const FORECAST = "GET /api/studies/tiny/forecasts/f1";
const forecasts = [
  someJob("f1", { kind: "log_forecast", options: { log: "l1", hours: 72 } }),
  someJob("f2", { kind: "log_forecast", state: "failed", state_text: { en: "failed", nb: "failed" } }),
];
const answers = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  [DEMAND]: demand(),
  "GET /api/jobs": { jobs: [] },
  "GET /api/studies/tiny/logs": { logs: [{ id: "l1", name: "amis.csv", store: {} }] },
  "GET /api/studies/tiny/analyses/outgrown": { outgrown: [] },
  ...given,
});
const tabs = () => within(screen.getByRole("navigation", { name: "demand.parts" }));

beforeEach(() => {
  openStudy("/demand");
  logInAs("analyst");
});
afterEach(() => {
  logs.value = EMPTY;
  closeStudy();
  vi.unstubAllGlobals();
});

describe("the parts of the page", () => {
  it("begins with people, and goes on to what the address names", async () => {
    serve(answers());
    render(<Demand />);
    expect(await screen.findByText("All of people")).toBeTruthy();
    expect(tabs().getByRole("link", { current: "page" }).textContent).toBe("demand.part_people");
    setQuery({ part: "growth" });
    expect(await screen.findByText("All of growth")).toBeTruthy();
    expect(tabs().getByRole("link", { current: "page" }).textContent).toBe("demand.part_growth");
    expect(tabs().getAllByRole("link")).toHaveLength(5);
  });

  it("says that it works demand out, and why it could not, and tries again when asked", async () => {
    const server = answers({ [DEMAND]: never });
    serve(server);
    const { unmount } = render(<Demand />);
    expect(await screen.findByText("demand.loading")).toBeTruthy();
    unmount();
    server[DEMAND] = () => problem("areas without people");
    render(<Demand />);
    expect((await screen.findByRole("alert")).textContent).toContain("areas without people");
    server[DEMAND] = demand();
    await userEvent.click(screen.getByRole("button", { name: "logs.again" }));
    expect(await screen.findByText("All of people")).toBeTruthy();
  });

  it("asks for the later years that are ticked", async () => {
    const asked = serve(answers());
    setQuery({ part: "growth" });
    render(<Demand />);
    await userEvent.click(await screen.findByRole("checkbox", { name: "2040" }));
    expect(query("to")).toBe("2040");
    await waitFor(() => expect(asked.some((one) => one.path.endsWith("&to=2040"))).toBe(true));
    await userEvent.click(screen.getByRole("checkbox", { name: "2040" }));
    expect(query("to")).toBeNull();
  });

  it("tells beside staff that no run is there, and leads to one; and that a run is older than the study", async () => {
    const server = answers({ [DEMAND]: demand({ run: null }) });
    serve(server);
    setQuery({ part: "staff" });
    const { unmount } = render(<Demand />);
    const link = await screen.findByRole("link", { name: "panel.runs.start" });
    expect(link.getAttribute("href")).toContain("/s/tiny/runs");
    unmount();
    server[DEMAND] = demand({ is_run_stale: true });
    render(<Demand />);
    expect((await screen.findByRole("status")).textContent).toBe("demand.stale_run");
  });
});

describe("the map of people and calls", () => {
  it("shows the layer that is chosen, and says in words what its colours come to", async () => {
    const square = (people: number, people_70: number) => ({
      properties: { people, people_70, incidents_a: 1, incidents_h: 0, incidents_v: 0 },
    });
    mapRemote.value = ready({
      areas: { features: [square(300, 30), square(100, 50)] },
    } as unknown as StudyMap);
    serve(answers());
    render(<Demand />);
    const layer = await screen.findByRole<HTMLSelectElement>("combobox", { name: "demand.map_layer" });
    expect(layer.value).toBe("people");
    expect(screen.getByText("demand.map_alt")).toBeTruthy();
    await userEvent.selectOptions(layer, "share");
    expect(query("show")).toBe("share");
    expect(screen.getByText("demand.map_alt_share")).toBeTruthy(); // shares have no sum
    expect(screen.getByText("11%")).toBeTruthy(); // an edge of the key
    expect(tabs().getByRole("link", { name: "demand.part_calls" }).getAttribute("href")).not.toContain(
      "show=",
    );
  });
});

describe("forecasts", () => {
  const forecast = (given: object = {}) => ({
    chapters: [chapter("forecast")],
    files: [{ name: "forecast.xlsx", size_bytes: 10 }],
    fingerprint: "a1",
    is_stale: false,
    log: "l1",
    ...given,
  });
  const show = (given: Record<string, unknown> = {}) => {
    setQuery({ part: "forecast" });
    const server = answers({ "GET /api/jobs": { jobs: forecasts }, [FORECAST]: forecast(), ...given });
    const asked = serve(server);
    render(<Demand />);
    return { server, asked };
  };

  it("asks for one, and shows at once that it is under way", async () => {
    vi.stubGlobal(
      "EventSource",
      class extends EventTarget {
        close(): void {}
      },
    );
    const begun = someJob("f3", {
      kind: "log_forecast",
      state: "waiting",
      state_text: { en: "waits", nb: "waits" },
    });
    const { asked } = show({
      "GET /api/jobs": { jobs: [] },
      "POST /api/studies/tiny/logs/l1/forecasts": begun,
    });
    await userEvent.click(await screen.findByRole("button", { name: "analysis.ask" }));
    expect(asked.find((one) => one.method === "POST")?.body).toEqual({
      hours: 72,
      by: "municipality",
      origins: 26,
    });
    expect((await screen.findByRole("status")).textContent).toBe("waits");
    expect(query("job")).toBe("f3");
  });

  it("tells why a question was refused", async () => {
    show({ "POST /api/studies/tiny/logs/l1/forecasts": () => problem("the log is too short", 422) });
    await userEvent.click(await screen.findByRole("button", { name: "analysis.ask" }));
    expect((await screen.findByRole("alert")).textContent).toContain("the log is too short");
  });

  it("opens the newest answer with its files, and says when its log has changed since", async () => {
    show({ [FORECAST]: forecast({ is_stale: true }) });
    expect(await screen.findByText("All of forecast")).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("demand.stale");
    expect(screen.getByRole("link", { name: "forecast.xlsx" }).getAttribute("href")).toBe(
      "/api/studies/tiny/forecasts/f1/files/forecast.xlsx",
    );
  });

  it("says what it cannot read of an answer", async () => {
    show({ [FORECAST]: () => problem("the answer is damaged") });
    expect((await screen.findByRole("alert")).textContent).toContain("the answer is damaged");
  });

  it("lets a reader read, and ask nothing", async () => {
    logInAs("reader");
    show();
    expect(await screen.findByText("All of forecast")).toBeTruthy();
    expect(screen.getByText("demand.reader")).toBeTruthy();
    expect(screen.queryByRole("form")).toBeNull();
  });
});

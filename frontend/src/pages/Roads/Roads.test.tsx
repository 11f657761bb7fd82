import { act, render, screen, waitFor, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Reach, Roads as RoadsOf } from "../../api/roads.ts";
import type { Service } from "../../api/types.ts";
import { query, setQuery } from "../../state/location.ts";
import { ready } from "../../state/remote.ts";
import { serviceRemote } from "../../state/service.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { never, problem, serve } from "../../testing/server.ts";
import Roads from "./Roads.tsx";

const text = (en: string) => ({ en, nb: en, nn: en });
const roads = (given: Partial<RoadsOf> = {}) =>
  ({
    form: "map",
    fingerprint: "a1",
    year: 2024,
    least_kmh: 5,
    km_not_drawn: 0,
    lines: { type: "FeatureCollection", features: [] },
    purposes: ["A", "H"],
    periods: [
      { id: "day", name: text("Day") },
      { id: "night", name: text("Night") },
    ],
    speeds: [
      {
        id: "primary",
        name: text("Primary"),
        km: 120.4,
        limit_kmh: 60,
        most_kmh: 100,
        ratio: [
          [1.5, 1],
          [2, 1],
        ],
      },
    ],
    faults: [
      {
        reason: "island",
        message: text("Cannot be driven to"),
        count: 3,
        left_out: true,
        is_fault: true,
        places: [[10, 60]],
      },
      {
        reason: "conditional",
        message: text("Rule not read"),
        count: 2,
        left_out: false,
        is_fault: true,
        places: [],
      },
    ],
    projects: [],
    source: null,
    ...given,
  }) as unknown as RoadsOf;
const reach = (people: number) =>
  ({
    areas: [
      { minutes: 30, people: people * 10, km2: 500, road_km: 900, geometry: {} },
      { minutes: 10, people, km2: 50, road_km: 90, geometry: {} },
    ],
  }) as unknown as Reach;

const ROADS = "GET /api/studies/tiny/roads";
const REACH = "GET /api/studies/tiny/roads/reach";
const cells = (name: string) =>
  within(screen.getByRole("region", { name }))
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.textContent);

beforeEach(() => openStudy("/roads"));
afterEach(() => {
  closeStudy();
  vi.unstubAllGlobals();
});

describe("the roads", () => {
  it("says that it reads, and what it cannot read, and tries again when asked", async () => {
    const answers: Record<string, unknown> = { [ROADS]: () => problem("the file of roads is gone") };
    serve(answers);
    render(<Roads />);
    expect(screen.getByText("roads.loading")).toBeTruthy();
    expect((await screen.findByRole("alert")).textContent).toContain("the file of roads is gone");
    expect(screen.queryByText("roads.loading")).toBeNull();
    answers[ROADS] = roads();
    await userEvent.click(screen.getByRole("button", { name: "logs.again" }));
    expect(await screen.findByText("Primary")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("tells how fast each class is driven for the drive and the hours that are chosen", async () => {
    serve({ [ROADS]: roads() });
    render(<Roads />);
    await screen.findByText("Primary");
    expect(cells("roads.speeds_title")).toEqual(["Primary120.46090"]);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "roads.hour" }), "night");
    expect(query("hours")).toBe("night");
    expect(cells("roads.speeds_title")).toEqual(["Primary120.460100"]); // no faster than the class allows
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "roads.purpose" }), "H");
    expect(query("drive")).toBe("H");
    expect(cells("roads.speeds_title")).toEqual(["Primary120.46060"]);
  });

  it("shows where a fault lies by a button that is pressed, and hides it by the same", async () => {
    serve({ [ROADS]: roads() });
    render(<Roads />);
    const button = await screen.findByRole("button", { name: "roads.on_map: Cannot be driven to" });
    expect(screen.queryByRole("button", { name: /Rule not read/ })).toBeNull(); // it lies nowhere
    await userEvent.click(button);
    expect(query("fault")).toBe("island");
    expect(button.getAttribute("aria-pressed")).toBe("true");
    await userEvent.click(button);
    expect(query("fault")).toBeNull();
    expect(cells("roads.faults_title")[1]).toContain("roads.used");
  });

  it("has nothing to draw nor to ask in a study without roads, and says so", async () => {
    const asked = serve({ [ROADS]: roads({ form: "graph", faults: [] }) });
    render(<Roads />);
    expect(await screen.findByText("roads.finding_graph")).toBeTruthy();
    void act(() => setQuery({ from: "59.91,10.75" }));
    expect(screen.queryByRole("combobox")).toBeNull();
    expect(screen.getByText("roads.faults_own")).toBeTruthy();
    expect(asked.filter((one) => one.path.includes("reach"))).toEqual([]);
  });

  it("offers only those alternatives that change a road, and says when each change holds", async () => {
    const project = { alternative: "1", text: text("A tunnel"), holds: false };
    serve({ [ROADS]: roads({ projects: [project] as unknown as RoadsOf["projects"] }) });
    render(<Roads />);
    const choice = await screen.findByRole("combobox", { name: "roads.alternative" });
    expect(
      within(choice)
        .getAllByRole("option")
        .map((one) => one.textContent),
    ).toEqual(["Today", "West"]);
    expect(cells("roads.projects_title")).toEqual(["WestA tunnelroads.not_yet"]);
  });
});

describe("reach", () => {
  const show = async (at = "", answer: unknown = reach(1200)) => {
    setQuery({ from: at || null });
    const answers: Record<string, unknown> = { [ROADS]: roads(), [REACH]: answer };
    const asked = serve(answers);
    render(<Roads />);
    await screen.findByText("Primary");
    return { answers, questions: () => asked.filter((one) => one.path.includes("/reach")) };
  };
  const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "roads.place" });

  it("asks for a place first, and takes one that is typed", async () => {
    const { questions } = await show();
    expect(screen.getByText("roads.click")).toBeTruthy();
    expect(questions()).toEqual([]);
    await userEvent.type(field(), "59,91 10,75{Enter}");
    expect(query("from")).toBe("59.91000,10.75000");
    expect((await screen.findByText("roads.reach_finding")).getAttribute("role")).toBe("status");
    const asked = new URL(questions()[0]?.path ?? "", "http://here").searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      lat: "59.91",
      lon: "10.75",
      purpose: "A",
      period: "day",
      alternative: "today",
    });
    expect(cells("roads.reach_title")[0]).toContain("1,200"); // the nearest first
  });

  it("says at the field what is no place, and asks nothing", async () => {
    const { questions } = await show();
    await userEvent.type(field(), "Asker{Enter}");
    const wrong = screen.getByRole("alert");
    expect(field().getAttribute("aria-describedby")).toBe(wrong.id);
    expect(field().getAttribute("aria-invalid")).toBe("true");
    expect(questions()).toEqual([]);
  });

  it("takes a station for a place, and knows a place for the station that stands there", async () => {
    const stations = [
      { id: "a", name: "Asker", lat: 59.8, lon: 10.4, change: "same" },
      { id: "b", name: "Gone", lat: 59.9, lon: 10.5, change: "gone" },
    ];
    serviceRemote.value = ready({ stations } as unknown as Service);
    await show();
    const choice = screen.getByRole<HTMLSelectElement>("combobox", { name: "roads.station" });
    expect(within(choice).queryByRole("option", { name: "Gone" })).toBeNull();
    await userEvent.selectOptions(choice, "a");
    expect(query("from")).toBe("59.80000,10.40000");
    await waitFor(() => expect(field().value).toBe("59.80000, 10.40000"));
    setQuery({ from: "59.10000,10.10000" });
    await waitFor(() => expect(choice.value).toBe(""));
  });

  it("never shows the figures of one place as those of another, neither under way nor when it fails", async () => {
    const { answers } = await show("59.91000,10.75000");
    await screen.findByRole("region", { name: "roads.reach_title" });
    answers[REACH] = never;
    setQuery({ from: "60.20000,10.75000" });
    await waitFor(() => expect(screen.queryByRole("region", { name: "roads.reach_title" })).toBeNull());
    expect(screen.getByRole("status").textContent).toBe("shell.loading");
    expect(screen.queryByText("roads.legend_reach")).toBeNull(); // nor on the map
    answers[REACH] = () => problem("no road near");
    setQuery({ from: "60.30000,10.75000" });
    expect((await screen.findByRole("alert")).textContent).toContain("no road near");
    expect(screen.queryByText("roads.legend_reach")).toBeNull();
  });
});

import { signal } from "@preact/signals";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Service, ServiceStation } from "../../api/types.ts";
import { chosen } from "../../state/drafts.ts";
import { words } from "../../state/language.ts";
import { query } from "../../state/location.ts";
import { EMPTY, ready } from "../../state/remote.ts";
import { serviceRemote } from "../../state/service.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { serve } from "../../testing/server.ts";
import type { MapEngine } from "../engine.ts";
import { EngineContext } from "../MapView/MapView.tsx";
import { forgetReach } from "../reach.ts";
import { carried, said } from "../view.ts";
import { StationMark } from "./StationMark.tsx";

const asker = {
  id: "asker",
  name: "Asker",
  lat: 59.8,
  lon: 10.4,
  units: 2,
  change: "same",
  base_lat: null,
  base_lon: null,
} as unknown as ServiceStation;

/** A map of a hundred pixels a degree, with its corner at 60° N and at first 10° E. */
let corner = 10;
const engine = {
  moved: signal(0),
  pixel: ({ lat, lon }: { lat: number; lon: number }) => ({ x: (lon - corner) * 100, y: (60 - lat) * 100 }),
  spot: ({ x, y }: { x: number; y: number }) => ({ lon: corner + x / 100, lat: 60 - y / 100 }),
  map: { getContainer: () => document.body },
} as unknown as MapEngine;

const mark = () => screen.getByRole("button");

function show(
  given: Partial<ServiceStation> = {},
  props: { label?: "left" | "right"; fixed?: boolean } = {},
) {
  const one = { ...asker, ...given };
  serviceRemote.value = ready({ stations: [one], standby_points: [] } as unknown as Service);
  return render(
    <EngineContext.Provider value={engine}>
      <StationMark station={one} label={props.label} fixed={props.fixed ?? false} />
    </EngineContext.Provider>,
  );
}

beforeEach(() => {
  const region = { south: 59, north: 61, west: 9, east: 12 };
  openStudy("", { region });
  serve({ "GET /api/studies/tiny/drives": { seconds: [] } });
});
afterEach(() => {
  corner = 10;
  carried.value = undefined;
  said.value = "";
  forgetReach();
  words.value = EMPTY;
  closeStudy();
  vi.unstubAllGlobals();
});

describe("what is seen and heard of it", () => {
  it("is read out with its units and with what the alternative does to it", () => {
    words.value = ready({
      "map.station_spoken": "{name}, {units} units{change}",
      "map.change_moved": "moved",
      "map.change_same": "the same",
    });
    const { unmount } = show();
    expect(mark().getAttribute("aria-label")).toBe("Asker, 2 units");
    unmount();
    show({ change: "moved" });
    expect(mark().getAttribute("aria-label")).toBe("Asker, 2 units, moved");
    expect(mark().getAttribute("aria-describedby")).toBe("station-help");
  });

  it("shows its units, and a cross where it is no more", () => {
    const { unmount } = show();
    expect(mark().textContent).toBe("2");
    unmount();
    show({ change: "gone" });
    expect(mark().textContent).toBe("×");
  });

  it("has its name where there is room, and in every case while it is open", async () => {
    show();
    expect(screen.queryByText("Asker")).toBeNull();
    await userEvent.click(mark());
    expect(screen.getByText("Asker")).toBeTruthy();
  });

  it("stands at its place, and goes along when the camera moves", () => {
    show();
    expect(mark().style.transform).toBe("translate(40.0px, 20.0px)");
    corner = 9;
    void act(() => void (engine.moved.value += 1));
    expect(mark().style.transform).toBe("translate(140.0px, 20.0px)");
  });
});

it("is opened by a press and closed by the next", async () => {
  show();
  await userEvent.click(mark());
  expect(query("station")).toBe("asker");
  await userEvent.click(mark());
  expect(query("station")).toBeNull();
});

describe("by keyboard", () => {
  it("is moved by arrows and put down by Enter, which makes a change of it and says so", async () => {
    show();
    mark().focus();
    await userEvent.keyboard("{ArrowUp}{Shift>}{ArrowRight}{/Shift}");
    expect(carried.value?.lat).toBeGreaterThan(asker.lat);
    expect((carried.value?.lon ?? 0) - asker.lon).toBeGreaterThan(
      3 * ((carried.value?.lat ?? 0) - asker.lat),
    );
    expect(chosen.value?.edits).toEqual([]);
    await userEvent.keyboard("{Enter}");
    expect(chosen.value?.edits).toMatchObject([{ edit: "move_station", station: "asker", lat: 59.80225 }]);
    expect(said.value).toBe("map.said_moved");
    expect(query("station")).toBeNull(); // putting down opens nothing
  });

  it.each([
    ["Escape", () => userEvent.keyboard("{Escape}")],
    ["going elsewhere", () => userEvent.tab()],
  ])("is given up by %s: nothing has changed", async (_how, leave) => {
    show();
    mark().focus();
    await userEvent.keyboard("{ArrowUp}");
    await leave();
    expect(carried.value).toBeUndefined();
    expect(chosen.value?.edits).toEqual([]);
    expect(said.value).toBe("map.said_back");
  });

  it("stays within the region of the study", async () => {
    show({ lat: 60.999 });
    mark().focus();
    await userEvent.keyboard("{ArrowUp}{ArrowUp}{ArrowUp}");
    expect(carried.value?.lat).toBe(61);
  });

  it.each([
    ["where it is only shown", {}, { fixed: true }],
    ["when it is closed", { change: "gone" } as const, {}],
  ])("cannot be moved %s, and can be opened", async (_when, given, props) => {
    show(given, props);
    mark().focus();
    await userEvent.keyboard("{ArrowUp}");
    expect(carried.value).toBeUndefined();
    await userEvent.keyboard("{Enter}");
    expect(query("station")).toBe("asker");
  });
});

describe("by pointer", () => {
  const down = () => fireEvent.pointerDown(mark(), { button: 0, clientX: 40, clientY: 20, pointerId: 1 });
  const moveTo = (clientX: number, clientY: number) => fireEvent.pointerMove(mark(), { clientX, clientY });
  const up = () => {
    fireEvent.pointerUp(mark(), { pointerId: 1 });
    fireEvent.click(mark());
  };

  it("is put where it is let go of, and that opens nothing", async () => {
    show();
    down();
    moveTo(70, 50);
    up();
    await waitFor(() =>
      expect(chosen.value?.edits).toMatchObject([{ edit: "move_station", lat: 59.5, lon: 10.7 }]),
    );
    expect(query("station")).toBeNull();
  });

  it("takes a hand that trembles for a press", () => {
    show();
    down();
    moveTo(42, 21);
    up();
    expect(chosen.value?.edits).toEqual([]);
    expect(query("station")).toBe("asker");
  });

  it("is given up by Escape, and the release after that opens nothing either", () => {
    show();
    down();
    moveTo(70, 50);
    fireEvent.keyDown(window, { key: "Escape" });
    up();
    expect(chosen.value?.edits).toEqual([]);
    expect(query("station")).toBeNull();
    fireEvent.pointerDown(mark(), { button: 0, clientX: 40, clientY: 20, pointerId: 1 });
    up();
    expect(query("station")).toBe("asker"); // the next press is one again
  });
});

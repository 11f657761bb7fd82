import { afterEach, beforeEach, expect, it } from "vitest";
import type { Service, Study } from "../api/types.ts";
import { chosen, drop } from "../state/drafts.ts";
import { go } from "../state/location.ts";
import { ready } from "../state/remote.ts";
import { studyRemote } from "../state/study.ts";
import { closeStandby, putPlace } from "./editing.ts";

const point = { kind: "standby", id: "p", name: "Bekkestua", lat: 59.9, lon: 10.5 } as const;
const today = {
  id: "today",
  title: {},
  description: {},
  note: {},
  edits: [],
  colour: 0,
  file: null,
  version: null,
};

beforeEach(() => {
  go("/s/own", true);
  studyRemote.value = ready({ id: "own", alternatives: [today] } as unknown as Study);
});
afterEach(() => {
  const made = chosen.peek();
  if (made && made.id !== "today") drop(made.id);
  studyRemote.value = { state: "empty" };
  go("/", true);
});

it("moves a standby point: dragging twice is one line", () => {
  putPlace(point, { lat: 59.91, lon: 10.51 });
  putPlace(point, { lat: 59.920004, lon: 10.52 });
  expect(chosen.value?.edits).toEqual([
    { edit: "move_standby_point", standby_point: "p", lat: 59.92, lon: 10.52 },
  ]);
});

it("closes a point that was moved with one edit, which says nothing of the move any more", () => {
  putPlace(point, { lat: 59.91, lon: 10.51 });
  closeStandby(point as unknown as Service["standby_points"][number]);
  expect(chosen.value?.edits).toEqual([{ edit: "close_standby_point", standby_point: "p" }]);
});

it("moves a station by an edit of its own", () => {
  putPlace({ ...point, kind: "station" }, { lat: 59.91, lon: 10.51 });
  expect(chosen.value?.edits).toEqual([{ edit: "move_station", station: "p", lat: 59.91, lon: 10.51 }]);
});

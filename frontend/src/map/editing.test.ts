import { afterEach, beforeEach, expect, it } from "vitest";
import type { Service, Study } from "../api/types.ts";
import { chosen, drop } from "../state/drafts.ts";
import { go } from "../state/location.ts";
import { ready } from "../state/remote.ts";
import { studyRemote } from "../state/study.ts";
import {
  closeDepartment,
  closesDepartments,
  countPlaces,
  closeStandby,
  openBase,
  openDepartments,
  openHospital,
  putPlace,
} from "./editing.ts";

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

const hospital = { id: "h", name: "Vest sykehus" } as unknown as Service["hospitals"][number];

it("takes patients elsewhere: said twice of an urgency the latter holds, and it can be taken back", () => {
  closeDepartment(hospital, { urgency: "A", share: 1, instead: [] });
  closeDepartment(hospital, { urgency: "A", share: 0.5, instead: ["x"] });
  closeDepartment(hospital, { urgency: "*", share: 1, instead: [] });
  expect(chosen.value?.edits).toEqual([
    { edit: "close_department", hospital: "h", urgency: "A", share: 0.5, instead: ["x"] },
    { edit: "close_department", hospital: "h", urgency: "*" },
  ]);
  expect(closesDepartments("h")).toBe(true);
  openDepartments(hospital);
  expect(chosen.value?.edits).toEqual([]);
});

it("opens an out-of-hours service, and moves it where it was opened", () => {
  const id = openHospital(
    { name: "Ny legevakt", lat: 59.9, lon: 10.5, organisation: "vv", emergency: false },
    [],
  );
  putPlace({ kind: "hospital", id, name: "Ny legevakt", lat: 59.9, lon: 10.5 }, { lat: 59.8, lon: 10.4 });
  expect(chosen.value?.edits).toEqual([
    {
      edit: "open_hospital",
      id: "ny-legevakt",
      name: "Ny legevakt",
      lat: 59.8,
      lon: 10.4,
      organisation: "vv",
      emergency: "no",
    },
  ]);
});

it("opens a helicopter base with its kind, its unit and whom it goes to, the kind only where there is none", () => {
  const place = { lat: 59.9, lon: 10.5, organisation: "vv", centre: "oslo", roster: "all-day" };
  openBase({ ...place, name: "Base" }, [], [], []);
  const kinds = () => chosen.value?.edits.map((one) => one.edit);
  expect(kinds()).toEqual(["set_unit_kind", "open_station", "add_unit", "set_ask"]);
  openBase({ ...place, name: "Base" }, ["base"], ["base-1"], ["helicopter"]);
  expect(kinds()?.slice(4)).toEqual(["open_station", "add_unit"]);
  expect(chosen.value?.edits.at(-1)).toMatchObject({ station: "base-2", unit_kind: "helicopter" });
});

it("counts places and takes patients past a full hospital; said again, the latter holds", () => {
  countPlaces(hospital, { places: 4, stay: 3600, past: { to: "x", waiting: 2 } });
  countPlaces(hospital, { places: 6, stay: 7200, past: { to: "y", waiting: 3 } });
  expect(chosen.value?.edits).toEqual([
    { edit: "set_hospital_places", hospital: "h", places: 6, stay_s: 7200 },
    { edit: "set_by_pass", hospital: "h", to_hospital: "y", waiting: 3 },
  ]);
});

import { afterEach, beforeEach, expect, it } from "vitest";
import type { Service, ServiceStation, StudyMap } from "../api/types.ts";
import { chosen } from "../state/drafts.ts";
import { ready } from "../state/remote.ts";
import { serviceRemote } from "../state/service.ts";
import { closeStudy, openStudy } from "../testing/open.ts";
import { dropVisits, planVisits, USUAL, visitsOf } from "./visits.ts";

const station = { id: "st", name: "Vest", lat: 59.9, lon: 10.5 } as ServiceStation;
const square = (lon: number, municipality: string) => ({
  geometry: {
    coordinates: [
      [
        [lon, 59.89],
        [lon, 59.91],
        [lon + 0.01, 59.91],
        [lon + 0.01, 59.89],
        [lon, 59.89],
      ],
    ],
  },
  properties: { municipality },
});
const map = { areas: { features: [square(10.6, "far"), square(10.5, "near")] } } as unknown as StudyMap;
const units = [
  { station: "st", kind: "ambulance", change: "same" },
  { station: "st", kind: "ambulance", change: "same" },
  { station: "st", kind: "responder", change: "gone" },
  { station: "other", kind: "boat", change: "same" },
];

beforeEach(() => {
  openStudy();
  serviceRemote.value = ready({ units } as unknown as Service);
});
afterEach(closeStudy);

it("plans visits in the station's own municipality by the kinds of unit that it has; said again, the latter holds", () => {
  planVisits(map, station, USUAL);
  planVisits(map, station, { ...USUAL, perDay: 7 });
  expect(chosen.value?.edits).toHaveLength(1);
  expect(visitsOf("st")).toMatchObject({
    edit: "set_planned_task",
    wanted_kinds: ["ambulance"],
    municipalities: ["near"],
    home_stations: ["st"],
    per_day: 7,
    stay_s: 2400,
  });
});

it("takes them back", () => {
  planVisits(map, station, USUAL);
  dropVisits(station);
  expect(chosen.value?.edits).toEqual([]);
});

import { expect, it } from "vitest";
import type { PlayedIncident, PlayedUnit, Playback } from "../../playback/file.ts";
import { eventNow } from "./eventNow.ts";

const still = { at: Float64Array.of(0), lon: Float64Array.of(10), lat: Float64Array.of(60) };
const unit = (id: string, code: number, about: number): PlayedUnit => ({
  id,
  station: "West",
  organisation: "vv",
  ...still,
  since: Float64Array.of(0),
  code: [code],
  about: [about],
});
const incident = (row: number, number: number) => ({ row, number, call: 0 }) as unknown as PlayedIncident;

it("parts the units of the event from all others, and counts what they do", () => {
  const played = {
    statuses: ["off_duty", "at_station", "to_scene", "at_scene"],
    units: [unit("a", 2, 0), unit("b", 3, 1), unit("c", 2, 1), unit("d", 1, 0), unit("e", 0, -1)],
    incidents: [incident(0, 40), incident(1, 77)],
  } as unknown as Playback;
  const now = eventNow(played, new Set([77]), 5);
  expect(now.own.map((one) => one.unit.id)).toEqual(["b", "c"]);
  expect(now.others.map((one) => one.unit.id)).toEqual(["a", "d"]);
  expect([now.counts.to_scene, now.counts.at_scene, now.counts.at_hospital]).toEqual([1, 1, 0]);
});

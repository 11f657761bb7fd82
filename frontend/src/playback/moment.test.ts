import { expect, it } from "vitest";
import { readPlayback, type PlaybackFile } from "./file.ts";
import { incidentsAt, rowAt, trail, unitsAt } from "./moment.ts";

const file: PlaybackFile = {
  format: "beredt-playback",
  format_version: 1,
  start: "2026-01-13T00:00:00",
  ticks: 1000,
  ticks_per_second: 10,
  steps_per_degree: 100000,
  fingerprint: "f",
  statuses: ["off_duty", "at_station", "mobilising", "to_scene", "at_scene"],
  urgencies: ["A", "H", "V"],
  stations: [{ id: "s", name: "S", x: 1000000, y: 6000000 }],
  hospitals: [],
  standby_points: [],
  units: [
    {
      id: "u",
      station: 0,
      kind: "ambulance",
      organisation: "o",
      track: { t: [200, 100, 100], x: [1000000, 1000, 1000], y: [6000000, 0, 0] },
      status: { t: [0, 100, 100, 200], code: [1, 2, 3, 4], about: [0, 0, 0, 0] },
    },
  ],
  incidents: {
    number: [7],
    call: [50],
    ready: [10],
    urgency: [1],
    x: [1002000],
    y: [6000000],
    first_scene: [350],
    closed: [null],
    queued: [1],
    held: [0],
    bumped: [0],
    units: [[0]],
  } as PlaybackFile["incidents"],
  waits: { incident: [0], begin: [60], last: [40] },
};
const played = readPlayback(file);

it("refuses another form", () => {
  expect(() => readPlayback({ ...file, format_version: 2 })).toThrow(/version 2/);
});

it("finds the last row that is not after a time", () => {
  const times = Float64Array.from([10, 20, 30]);
  expect([5, 10, 15, 30, 99].map((time) => rowAt(times, time))).toEqual([-1, 0, 0, 2, 2]);
});

it("moves a unit evenly between its keys", () => {
  const at = (tick: number) => unitsAt(played, tick)[0];
  expect(at(0)).toMatchObject({ lon: 10, lat: 60, status: "at_station", incident: -1, heading: undefined });
  expect(at(250)).toMatchObject({
    lon: expect.closeTo(10.005) as number,
    status: "to_scene",
    incident: 0,
    heading: 0,
  });
  expect(at(900)).toMatchObject({ lon: 10.02, status: "at_scene", heading: undefined });
});

it("tells who waits, and for how long", () => {
  expect(incidentsAt(played, 49)).toEqual([]);
  expect(incidentsAt(played, 80)[0]).toMatchObject({ waiting: 20, reached: false });
  expect(incidentsAt(played, 100)[0]).toMatchObject({ waiting: undefined });
  expect(incidentsAt(played, 400)[0]).toMatchObject({ reached: true });
});

it("draws the way of a unit through its bends", () => {
  const unit = played.units[0];
  expect(unit && trail(unit, 250, 350).map(([lon]) => Number(lon.toFixed(3)))).toEqual([
    10.005, 10.01, 10.015,
  ]);
});

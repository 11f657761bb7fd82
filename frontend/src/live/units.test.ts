// Units by what they do, how old what is known of them is, and where the free ones are.
import { expect, it } from "vitest";
import type { Ground, Unit } from "./api/types.ts";
import { someUnit } from "./sample.ts";
import { centreRows, doing, isBusyElsewhere, roundedTo, staleFor } from "./units.ts";

const GROUND: Ground = {
  id: "tiny",
  title: {},
  region: { south: 0, west: 0, north: 1, east: 1 },
  centres: [
    { id: "east", name: "East" },
    { id: "nobody", name: "Nobody" },
  ],
  stations: [{ id: "s", name: "S", lat: 0, lon: 0, centre: "east" }],
  hospitals: [],
  units: ["e-1", "e-2", "e-3"].map((id) => ({ id, station: "s", kind: "ambulance" })),
};

it("takes a word that nobody has explained for unknown, never for free", () => {
  expect(doing(someUnit("e-1", { status: "coffee" }))).toBe("unknown");
  expect(doing(someUnit("e-1", { status: "returning" }))).toBe("free");
});

it("tells the age of the datum that is stale", () => {
  expect(staleFor(someUnit("e-1"), 60_000)).toBeUndefined();
  expect(staleFor(someUnit("e-1", { position_stale: true, position_ms: 15_000 }), 60_000)).toBe(45);
  expect(staleFor(someUnit("e-1", { status_stale: true, since_ms: 0 }), 60_000)).toBe(60);
});

it("tells how a place is rounded only where there is one", () => {
  const rounded = someUnit("w-1", { rounded_m: 5_000 });
  expect(roundedTo(rounded)).toBeUndefined();
  expect(roundedTo({ ...rounded, geometry: { type: "Point", coordinates: [10.5, 59.9] } })).toBe(5_000);
  expect(roundedTo(someUnit("e-1"))).toBeUndefined();
});

it("knows a busy unit of a neighbour whose place is told to a square", () => {
  const geometry: Unit["geometry"] = { type: "Point", coordinates: [10.5, 59.9] };
  const busy = someUnit("w-1", { status: "unavailable", rounded_m: 5_000, free: false });
  const own = someUnit("e-1", { status: "unavailable", free: false });
  expect(isBusyElsewhere({ ...busy, geometry })).toBe(true);
  expect(isBusyElsewhere(busy)).toBe(false);
  expect(isBusyElsewhere({ ...own, geometry })).toBe(false);
});

it("counts free units and those at work by centre, and leaves out centres without units", () => {
  const units = new Map(
    [
      someUnit("e-1"),
      someUnit("e-2", { status: "to_scene", free: false }),
      someUnit("e-3", { status: "off_duty", free: false, on_duty: false }),
    ].map((one) => [one.id, one]),
  );
  const rows = centreRows(GROUND, units);
  expect(rows.map(({ id, free, atWork }) => [id, free, atWork])).toEqual([["east", 1, 2]]);
});

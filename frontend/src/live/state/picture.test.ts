// The picture change by change, and the order in which incidents are looked at.
import { expect, it } from "vitest";
import type { Change } from "../api/types.ts";
import { someIncident, someUnit } from "../sample.ts";
import { lay, ordered, silentFor } from "./picture.ts";

const change = (more: Partial<Change>): Change => ({
  number: 1,
  at_ms: 1000,
  advice_on: false,
  units: [],
  incidents: [],
  gone: [],
  sources: [],
  ...more,
});

it("lays what is new on what was there, and forgets what is gone", () => {
  const first = lay(undefined, change({ units: [someUnit("e-1")], incidents: [someIncident("i1")] }), true);
  const moved = someUnit("e-1", { status: "to_scene" });
  const second = lay(first, change({ units: [moved], gone: ["i1"], incidents: [someIncident("i2")] }), false);
  expect([...second.units.values()]).toEqual([moved]);
  expect([...second.incidents.keys()]).toEqual(["i2"]);
});

it("leaves what has not changed as it is, so that nothing is drawn anew", () => {
  const first = lay(undefined, change({ units: [someUnit("e-1")] }), true);
  const second = lay(first, change({ number: 2, at_ms: 3000 }), false);
  expect(second.units).toBe(first.units);
  expect(second.at_ms).toBe(3000);
});

it("is made anew by the first change of a new line", () => {
  const before = lay(undefined, change({ incidents: [someIncident("closed-meanwhile")] }), true);
  expect([...lay(before, change({ incidents: [someIncident("i3")] }), true).incidents.keys()]).toEqual([
    "i3",
  ]);
});

it("puts incidents without anybody first, then the oldest acute one", () => {
  const list = [
    someIncident("v", { urgency: "V", opened_ms: 1 }),
    someIncident("served", { urgency: "A", opened_ms: 0, units: ["e-1"] }),
    someIncident("young", { urgency: "A", opened_ms: 9 }),
    someIncident("old", { urgency: "A", opened_ms: 5 }),
    someIncident("strange", { urgency: null, opened_ms: 2 }),
    someIncident("closed", { state: "closed" }),
  ];
  expect(ordered(list).map(({ id }) => id)).toEqual(["old", "young", "strange", "v", "served"]);
});

it("is silent only when every source is", () => {
  const source = (id: string, silent: boolean, last_s: number) => ({
    id,
    events: 3,
    silent,
    last_s,
    least_delay_s: 0,
    counts: {},
  });
  expect(silentFor([source("cad", true, 400), source("avl", false, 2)])).toBeUndefined();
  expect(silentFor([source("cad", true, 400), source("avl", true, 700)])).toBe(400);
  expect(silentFor([])).toBeUndefined();
});

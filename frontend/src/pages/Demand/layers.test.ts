import { expect, it } from "vitest";
import { DEMAND_LAYERS } from "./layers.ts";

type Square = Parameters<(typeof DEMAND_LAYERS)[number]["of"]>[0];
const square = (people: number, old: number) =>
  ({ people, people_70: old, incidents_a: 1, incidents_h: 2, incidents_v: 4 }) as Square;
const layer = (id: string) => DEMAND_LAYERS.find((one) => one.id === id);

it("tells squares and all of them together alike", () => {
  const squares = [square(100, 10), square(300, 90)];
  expect(squares.map((one) => layer("share")?.of(one))).toEqual([0.1, 0.3]);
  expect(layer("share")?.whole(squares)).toBeCloseTo(0.25);
  expect(layer("calls")?.whole(squares)).toBe(14);
});

it("has no share where nobody lives, and a class more than it has edges", () => {
  expect(layer("share")?.of(square(0, 0))).toBeNull();
  for (const one of DEMAND_LAYERS)
    for (const dark of [false, true])
      expect(one.scale(dark).colours.length).toBe(one.scale(dark).edges.length + 1);
});

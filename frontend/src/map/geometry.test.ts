import type { Polygon } from "geojson";
import { expect, it } from "vitest";
import { bordersBetween, bow, kilometres, middleOf, squareMiddle } from "./geometry.ts";

const square = (x: number, y: number, size = 1): Polygon => ({
  type: "Polygon",
  coordinates: [
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ],
  ],
});

it("finds the middle of a square, and of the largest piece of many", () => {
  expect(squareMiddle(square(2, 4))).toEqual([2.5, 4.5]);
  const many = [square(0, 0, 1), square(10, 10, 4)].map(({ coordinates }) => coordinates);
  const [x, y] = middleOf({ type: "MultiPolygon", coordinates: many });
  expect([x, y]).toEqual([expect.closeTo(12), expect.closeTo(12)]);
});

it("draws a border only where owners differ", () => {
  const row = [square(0, 0), square(1, 0), square(2, 0)];
  expect(bordersBetween(row, ["a", "a", "a"]).features).toEqual([]);
  const lines = bordersBetween(row, ["a", "a", "b"]).features.map(({ geometry }) => geometry.coordinates);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.map(([x]) => x)).toEqual([2, 2]);
});

it("bows two ways between the same places apart", () => {
  const [there, back] = [bow([10, 60], [11, 60]), bow([11, 60], [10, 60])];
  expect(there[0]).toEqual([10, 60]);
  expect(there.at(-1)).toEqual([11, 60]);
  expect(Math.sign((there[12]?.[1] ?? 0) - 60)).toBe(-Math.sign((back[12]?.[1] ?? 0) - 60));
});

it("measures kilometres", () => {
  expect(kilometres([10, 60], [10, 61])).toBeCloseTo(111.2, 1);
  expect(kilometres([10, 60], [11, 60])).toBeCloseTo(55.6, 0);
});

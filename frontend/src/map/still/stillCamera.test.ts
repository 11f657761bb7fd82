import { expect, it } from "vitest";
import { stillCamera } from "./stillCamera.ts";

const NO_ROOM = { top: 0, bottom: 0, left: 0, right: 0 };
const OSLO: [[number, number], [number, number]] = [
  [10, 59.5],
  [11, 60],
];

it("has the whole world in 512 pixels at zoom 0, as the moving map does", () => {
  const world = stillCamera(
    [
      [-180, -85.051129],
      [180, 85.051129],
    ],
    { width: 512, height: 512 },
    NO_ROOM,
  );
  expect(world.view().zoom).toBeCloseTo(0, 6);
  expect(world.pixel({ lon: 0, lat: 0 }).x).toBeCloseTo(256, 6);
  expect(world.pixel({ lon: 0, lat: 0 }).y).toBeCloseTo(256, 6);
  // Half way from the equator to 66.51326 degrees north lies a quarter of the map.
  expect(world.pixel({ lon: 90, lat: 66.51326 }).y).toBeCloseTo(128, 3);
});

it("puts the bounds into the room that is left, as large as they can be", () => {
  const room = { top: 10, bottom: 50, left: 100, right: 20 };
  const { pixel } = stillCamera(OSLO, { width: 800, height: 600 }, room);
  const [corner, other] = [pixel({ lon: 10, lat: 60 }), pixel({ lon: 11, lat: 59.5 })];
  expect(corner.x + other.x).toBeCloseTo(100 + 780, 6);
  expect(corner.y + other.y).toBeCloseTo(10 + 550, 6);
  expect(Math.min(corner.x - 100, corner.y - 10)).toBeCloseTo(0, 6); // one way is full
  expect(corner.x).toBeGreaterThanOrEqual(100 - 1e-6);
  expect(corner.y).toBeGreaterThanOrEqual(10 - 1e-6);
});

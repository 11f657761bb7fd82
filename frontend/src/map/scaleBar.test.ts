import { expect, it } from "vitest";
import { scaleBar, scaleText } from "./scaleBar.ts";

it("is a round length that fits, true at its latitude", () => {
  for (let zoom = 6; zoom <= 16; zoom += 0.5) {
    const { metres, pixels } = scaleBar(59.9, zoom, 120);
    expect(pixels).toBeLessThanOrEqual(120);
    expect(pixels).toBeGreaterThan(45);
    expect([1, 2, 5]).toContain(Number(String(metres)[0]));
  }
  const equator = scaleBar(0, 10, 120);
  const north = scaleBar(60, 10, 120);
  expect(equator.metres / equator.pixels).toBeCloseTo(2 * (north.metres / north.pixels), 3);
  // a piece of zoom 0 is the whole equator, 40,075 km, in 512 pixels
  expect((equator.metres / equator.pixels) * 512 * 2 ** 10).toBeCloseTo(40_075_017, -2);
});

it("is told in metres or kilometres", () => {
  expect([500, 1000, 20_000].map(scaleText)).toEqual(["500 m", "1 km", "20 km"]);
});

import { describe, expect, it } from "vitest";
import type { SpeedRow } from "../../api/roads.ts";
import { parsePlace, placeOf, speedAt, widthOf, writePlace } from "./speeds.ts";

const ROW: SpeedRow = {
  id: "primary",
  name: { en: "primary road" },
  km: 12,
  limit_kmh: 80,
  most_kmh: 110,
  ratio: [
    [1, 0.8],
    [1.5, 0.9],
  ],
};

describe("speeds", () => {
  it("are the limit times the ratio of hour and purpose", () => {
    expect(speedAt(ROW, 80, { period: 0, purpose: 1 }, 4)).toBeCloseTo(64);
    expect(speedAt(ROW, 60, { period: 1, purpose: 0 }, 4)).toBeCloseTo(90);
  });
  it("are never above the most of the class, nor below the least", () => {
    expect(speedAt(ROW, 80, { period: 1, purpose: 0 }, 4)).toBe(110);
    expect(speedAt(ROW, 2, { period: 0, purpose: 1 }, 4)).toBe(4);
  });
  it("are found by name, the first where there is none", () => {
    expect(placeOf(["A", "H"], "H")).toBe(1);
    expect(placeOf(["A", "H"], "X")).toBe(0);
    expect(placeOf(["A", "H"], null)).toBe(0);
  });
});

describe("places", () => {
  it.each([
    ["59.9, 10.5", 59.9, 10.5],
    ["59.9,10.5", 59.9, 10.5],
    ["59,9 10,5", 59.9, 10.5],
    ["59.9 10.5", 59.9, 10.5],
    ["-1; 2", -1, 2],
  ])("%s is a place", (text, lat, lon) => {
    expect(parsePlace(text)).toEqual({ lat, lon });
  });
  it.each(["", "59.9", "a, b", "91, 10", "59.9, 10.5, 3", "59.9,"])("%s is none", (text) => {
    expect(parsePlace(text)).toBeNull();
  });
  it("are written so that they are read again", () => {
    expect(parsePlace(writePlace({ lat: 59.91, lon: 10.75 }))).toEqual({ lat: 59.91, lon: 10.75 });
  });
});

it("draws larger roads wider", () => {
  expect(widthOf("trunk_link").near).toBeGreaterThan(widthOf("tertiary").near);
  expect(widthOf("tertiary").near).toBeGreaterThan(widthOf("residential").near);
});

import { expect, it } from "vitest";
import type { StudyMap } from "../../api/types.ts";
import { namedPlaces, placeNames, type NamedPlace } from "./placeNames.ts";

const square = (x: number) => ({
  type: "Polygon",
  coordinates: [
    [
      [x, 0],
      [x + 2, 0],
      [x + 2, 2],
      [x, 2],
      [x, 0],
    ],
  ],
});
const outline = (kind: string, id: string | null, name: string | null, x = 0) => ({
  geometry: square(x),
  properties: { kind, id, name },
});
const study = {
  outlines: {
    features: [
      outline("district", "d", "Inner"),
      outline("municipality", "m", "Town"),
      outline("water", null, "Fjord"),
      outline("neighbour", "n", "Next", 400),
      outline("municipality", "u", null, 200),
    ],
  },
} as unknown as StudyMap;
const nameOf = ({ place }: { place: NamedPlace }) => place.name;
const view = {
  zoom: 12,
  width: 600,
  height: 400,
  pixel: ({ lon, lat }: { lon: number; lat: number }) => ({ x: lon, y: lat }),
};

it("names land and no water, each in the middle of its outline", () => {
  const found = namedPlaces(study);
  expect(found.map(({ name, kind }) => [name, kind])).toEqual([
    ["Inner", "district"],
    ["Town", "municipality"],
    ["Next", "municipality"],
  ]);
  expect(found[1]).toMatchObject({ lon: 1, lat: 1 });
});

it("gives room to municipalities first, and none to what would lie over them or outside", () => {
  const named = namedPlaces(study);
  expect(placeNames(named, view).map(nameOf)).toEqual(["Town", "Next"]);
  const apart: NamedPlace[] = named.map((one) => (one.name === "Inner" ? { ...one, lat: 100 } : one));
  expect(placeNames(apart, view).map(nameOf)).toEqual(["Town", "Next", "Inner"]);
  expect(placeNames(apart, { ...view, zoom: 9 }).map(nameOf)).toEqual(["Town", "Next"]);
  expect(placeNames(named, { ...view, width: 100 }).map(nameOf)).toEqual(["Town"]);
});

it("grows with the zoom, and lets a figure stand after the name", () => {
  const named = namedPlaces(study);
  const size = (zoom: number) => placeNames(named, { ...view, zoom })[0]?.size;
  expect([size(6), size(10), size(14)]).toEqual([11, 13, 15]);
  expect(placeNames(named, view, new Map([["m", "3"]])).map(({ figure }) => figure)).toEqual([
    "3",
    undefined,
  ]);
});

it("grows on a wall, to twice its size and no more", () => {
  const named = namedPlaces(study);
  const size = (width: number) => placeNames(named, { ...view, zoom: 10, width })[0]?.size;
  expect([600, 1600, 2400, 9000].map(size)).toEqual([13, 13, 19.5, 26]);
});

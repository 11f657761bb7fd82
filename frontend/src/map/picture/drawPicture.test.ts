import { expect, it } from "vitest";
import type { StudyMap } from "../../api/types.ts";
import type { MapEngine } from "../engine.ts";
import type { Layer } from "../layers.ts";
import { drawPicture } from "./drawPicture.ts";
import { element, plain } from "../../picture/svg.ts";

const ring = (x: number) => [
  [x, 10],
  [x + 10, 10],
  [x + 10, 20],
  [x, 20],
  [x, 10],
];
const square = (x: number) => ({ geometry: { type: "Polygon", coordinates: [ring(x)] }, properties: {} });
const flow = {
  type: "Feature",
  geometry: {
    type: "LineString",
    coordinates: [
      [0, 0],
      [5, 5],
      [9, 9],
    ],
  },
  properties: { colour: "#d55e00", width: 3, text: "900" },
};
const engine = {
  view: () => ({
    zoom: 10,
    width: 400,
    height: 300,
    pixel: ({ lon, lat }: { lon: number; lat: number }) => ({ x: lon, y: lat }),
  }),
  pixel: ({ lon, lat }: { lon: number; lat: number }) => ({ x: lon, y: lat }),
  camera: () => ({ center: [10, 60], zoom: 10 }),
  laid: (source: string) =>
    source === "flows" ? { type: "FeatureCollection", features: [flow] } : undefined,
} as unknown as MapEngine;
const town = {
  geometry: { type: "Polygon", coordinates: [ring(100)] },
  properties: { kind: "municipality", id: "m", name: "A & B" },
};
const map = {
  areas: { features: [square(50), square(80), square(900)] },
  outlines: { features: [town] },
  roads: { features: [] },
} as unknown as StudyMap;
const layer: Layer = {
  colours: ["#112233", null, "#445566"],
  steps: [
    { colour: "#112233", label: "8" },
    { colour: "#445566", label: "" },
  ],
  marks: [{ after: 0, label: "target" }],
  ordered: true,
  unit: "minutes",
  tell: () => "",
  missing: "",
};
const station = { id: "s", name: "West", lat: 40, lon: 60, units: 2, change: "same" };
const scene = {
  engine,
  map,
  colours: layer.colours,
  atNames: new Map([["m", "3"]]),
  stations: [station, { ...station, id: "t", name: "Gone", change: "gone" }] as never,
  standby: [],
  hospitals: [],
  dark: false,
};
const told = {
  title: "A title <of> two words",
  about: "What it shows",
  source: "made of ".repeat(30).trim(),
};
const read = (svg: string) => new DOMParser().parseFromString(svg, "application/xml");

it("is a drawing that any reader of XML understands, with all that explains it as text", () => {
  const { svg } = drawPicture(scene, layer, told, "");
  const page = read(svg);
  expect(page.querySelector("parsererror")).toBeNull();
  const texts = [...page.querySelectorAll("text")].map((one) => one.textContent);
  for (const one of [
    "A title <of> two words",
    "What it shows",
    "minutes",
    "| target",
    "A & B 3",
    "West",
    "900",
  ])
    expect(texts).toContain(one);
  expect(texts).not.toContain("Gone");
  expect(svg).not.toContain("<image");
});

it("draws squares by colour, and none that lie outside or have no figure", () => {
  const { svg } = drawPicture(scene, layer, told, "");
  const faces = [...read(svg).querySelectorAll('path[fill="#112233"], path[fill="#445566"]')];
  expect(faces.map((one) => one.getAttribute("fill"))).toEqual(["#112233"]);
});

it("breaks what is too long for a line, and grows with it", () => {
  const few = drawPicture(scene, layer, { ...told, source: "short" }, "");
  expect(drawPicture(scene, layer, told, "").height).toBeGreaterThan(few.height);
});

it("means what it says: signs are no markup", () => {
  expect(plain('<&">')).toBe("&lt;&amp;&quot;&gt;");
  expect(element("a", { b: undefined, c: 1.26, d: '"' })).toBe('<a c="1.3" d="&quot;"/>');
});

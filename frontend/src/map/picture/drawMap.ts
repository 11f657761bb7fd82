// The map itself as lines and faces: the same ground, squares, flows, names and stations that are on the screen.
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import type { HospitalOut, ServiceStation, ServiceStandby, StudyMap } from "../../api/types.ts";
import type { MapEngine, Pixel } from "../engine.ts";
import { ink, roadInk, townInk } from "../ground.ts";
import { namedPlaces, placeNames } from "../Names/placeNames.ts";
import { roomForNames } from "../Stations/roomForNames.ts";
import { element, short, written } from "../../picture/svg.ts";

/** From where a map is seen, and what is laid over its squares. */
export type Seen = Pick<MapEngine, "view" | "pixel" | "laid">;

/** What lies under all marks and names. */
export interface Ground {
  readonly engine: Seen;
  readonly map: StudyMap;
  readonly colours: readonly (string | null)[];
  readonly dark: boolean;
}

export interface Scene extends Ground {
  readonly atNames: ReadonlyMap<string, string> | undefined;
  readonly stations: readonly ServiceStation[];
  readonly standby: readonly ServiceStandby[];
  readonly hospitals: readonly HospitalOut[];
}

/** From this zoom on the borders of districts are drawn. */
const NEAR = 9.6;
const CELLS = { light: 0.82, dark: 0.86 };

type Place = (position: Position) => Pixel;

const trace = (line: readonly Position[], place: Place): string =>
  line
    .map((position, index) => {
      const { x, y } = place(position);
      return `${index === 0 ? "M" : "L"}${short(x)} ${short(y)}`;
    })
    .join("");

function path(geometry: Geometry, place: Place): string {
  if (geometry.type === "LineString") return trace(geometry.coordinates, place);
  if (geometry.type === "MultiLineString")
    return geometry.coordinates.map((line) => trace(line, place)).join("");
  if (geometry.type === "Polygon")
    return geometry.coordinates.map((ring) => `${trace(ring, place)}Z`).join("");
  if (geometry.type === "MultiPolygon")
    return geometry.coordinates
      .flat()
      .map((ring) => `${trace(ring, place)}Z`)
      .join("");
  return "";
}

export function drawMap(scene: Scene): string {
  return [drawGround(scene), names(scene), marks(scene)].join("\n");
}

export function drawGround(scene: Ground): string {
  const { engine, map, dark } = scene;
  const { width, height, zoom } = engine.view();
  const place: Place = ([lon = 0, lat = 0]) => engine.pixel({ lon, lat });
  const kind = (...kinds: string[]) =>
    map.outlines.features
      .filter(({ properties }) => kinds.includes(properties.kind))
      .map(({ geometry }) => path(geometry, place))
      .join("");
  const line = (d: string, stroke: string, wide: number, look = {}) =>
    d &&
    element("path", { d, fill: "none", stroke, "stroke-width": wide, "stroke-linejoin": "round", ...look });
  const roads = map.roads.features.map(({ geometry }) => path(geometry, place)).join("");
  return [
    element("rect", { width, height, fill: dark ? "#0f1214" : "#f6f6f4" }),
    element("path", { d: kind("municipality", "neighbour"), fill: ink("land", dark) }),
    squares(scene, place),
    element("path", { d: kind("water"), fill: ink("water", dark) }),
    line(roads, roadInk(dark), 2, { "stroke-opacity": dark ? 0.5 : 0.75, "stroke-linecap": "round" }),
    zoom >= NEAR ? line(kind("district"), ink("edge", dark), 0.5, { "stroke-opacity": 0.6 }) : "",
    line(kind("municipality", "neighbour"), townInk(dark), 1, { "stroke-opacity": 0.8 }),
    laid(scene, place),
  ].join("\n");
}

/** Squares of one colour are one path; what lies outside the picture is left out. */
function squares({ engine, map, colours, dark }: Ground, place: Place): string {
  const { width, height } = engine.view();
  const byColour = new Map<string, string>();
  map.areas.features.forEach(({ geometry }, area) => {
    const colour = colours[area];
    const corners = (geometry.coordinates[0] ?? []).map(place);
    const seen = corners.some(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);
    if (colour && seen) byColour.set(colour, (byColour.get(colour) ?? "") + path(geometry, place));
  });
  const opacity = CELLS[dark ? "dark" : "light"];
  const faces = [...byColour].map(([fill, d]) => element("path", { d, fill }));
  return faces.length > 0 ? element("g", { "fill-opacity": opacity }, faces.join("")) : "";
}

const featuresOf = (data: FeatureCollection | Feature | undefined): readonly Feature[] =>
  data === undefined ? [] : data.type === "Feature" ? [data] : data.features;

/** The border of centres, flows with their numbers, what is moved, the square that is picked. */
function laid({ engine, dark }: Ground, place: Place): string {
  const of = (source: string) => featuresOf(engine.laid(source));
  const fore = { fill: "none", stroke: ink("ink", dark) };
  const lines = (source: string, look: Readonly<Record<string, string | number>>) =>
    of(source)
      .map(({ geometry }) => path(geometry, place))
      .filter(Boolean)
      .map((d) => element("path", { d, ...fore, ...look }))
      .join("");
  return [
    lines("border", { "stroke-width": 1.6, "stroke-dasharray": "3.5 3.2", "stroke-opacity": 0.75 }),
    ...of("flows").map((one) => flow(one, place, dark)),
    lines("moves", { "stroke-width": 1.4, "stroke-dasharray": "3 3", "stroke-opacity": 0.7 }),
    lines("picked", { "stroke-width": 2.5, "stroke-linejoin": "round" }),
  ].join("");
}

function flow({ geometry, properties }: Feature, place: Place, dark: boolean): string {
  const stroke = String(properties?.["colour"] ?? "");
  const wide = Number(properties?.["width"] ?? 1);
  if (geometry.type === "Point") {
    const { x, y } = place(geometry.coordinates);
    const half = 5 + wide * 0.8;
    const points = `${short(half)},0 ${short(-half)},${short(half * 0.8)} ${short(-half)},${short(-half * 0.8)}`;
    const turn = Number(properties?.["turn"] ?? 0);
    return element("polygon", {
      points,
      fill: stroke,
      transform: `translate(${short(x)} ${short(y)}) rotate(${short(turn)})`,
    });
  }
  if (geometry.type !== "LineString") return "";
  const { x, y } = place(geometry.coordinates[Math.floor(geometry.coordinates.length / 2)] ?? []);
  const d = path(geometry, place);
  const bow = element("path", { d, fill: "none", stroke, "stroke-width": wide, "stroke-opacity": 0.78 });
  return (
    bow +
    halo(String(properties?.["text"] ?? ""), x, y + 4, dark, { "text-anchor": "middle", "font-size": 12 })
  );
}

const halo = (
  text: string,
  x: number,
  y: number,
  dark: boolean,
  look: Readonly<Record<string, string | number>>,
) =>
  written(text, x, y, {
    fill: ink("ink", dark),
    stroke: ink("surface", dark),
    "stroke-width": 3,
    "paint-order": "stroke",
    "stroke-linejoin": "round",
    ...look,
  });

function names({ engine, map, atNames, dark }: Scene): string {
  return placeNames(namedPlaces(map), engine.view(), atNames)
    .map(({ place, figure, size, x, y }) => {
      const text = figure === undefined ? place.name : `${place.name} ${figure}`;
      const look = { "text-anchor": "middle", "font-size": size, fill: ink("quiet", dark) };
      return halo(text, x, y + size * 0.35, dark, look);
    })
    .join("");
}

function marks({ engine, stations, standby, hospitals, dark }: Scene): string {
  const [fore, back] = [ink("ink", dark), ink("surface", dark)];
  const there = stations.filter(({ change }) => change !== "gone");
  const spots = new Map(there.map((one) => [one.id, engine.pixel(one)]));
  const sides = roomForNames(there, (id) => spots.get(id) ?? { x: 0, y: 0 });
  const centred = { "text-anchor": "middle", "font-weight": 600 };
  return [
    ...hospitals.map((one) => {
      const { x, y } = engine.pixel(one);
      const box = {
        x: x - 8,
        y: y - 8,
        width: 16,
        height: 16,
        rx: 3,
        fill: back,
        stroke: ink("quiet", dark),
      };
      return element("rect", box) + written("H", x, y + 4, { ...centred, "font-size": 11, fill: fore });
    }),
    ...standby
      .filter(({ change }) => change !== "gone")
      .map((one) => {
        const { x, y } = engine.pixel(one);
        const turn = `translate(${short(x)} ${short(y)}) rotate(45)`;
        const box = { x: -6, y: -6, width: 12, height: 12, fill: back, stroke: fore, "stroke-width": 2 };
        return element("rect", { ...box, transform: turn });
      }),
    ...there.map((one) => {
      const { x, y } = engine.pixel(one);
      const side = sides.get(one.id);
      const dot = element("circle", { cx: x, cy: y, r: 11, fill: fore, stroke: back, "stroke-width": 2 });
      const units = written(String(one.units), x, y + 4, { ...centred, "font-size": 12, fill: back });
      if (!side) return dot + units;
      const look = { "text-anchor": side === "right" ? "start" : "end", "font-weight": 600, "font-size": 12 };
      return dot + units + halo(one.name, side === "right" ? x + 15 : x - 15, y + 4, dark, look);
    }),
  ].join("");
}

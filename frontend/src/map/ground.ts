// The quiet ground: land, water, borders and main roads in greys. Data has the colour.
import type { FeatureCollection, Point } from "geojson";
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { StudyMap } from "../api/types.ts";
import { INKS } from "../theme/scales.ts";
import { middleOf } from "./geometry.ts";

type InkName = keyof typeof INKS;

/** The report's ink for a canvas, which knows no CSS variables. */
export function ink(name: InkName, dark: boolean): string {
  return INKS[name][dark ? "dark" : "light"];
}

/** What lies beyond every outline: nothing is known of it. */
const BEYOND = { light: "#f6f6f4", dark: "#0f1214" };
const HALO = { light: "#ffffffd9", dark: "#15181be0" };
export const FONT = ["Beredt Inter"];

/** Names of municipalities and districts, each in the middle of its outline. */
function names({ outlines }: StudyMap): FeatureCollection<Point> {
  const named = outlines.features.filter(({ properties }) => properties.name && properties.kind !== "water");
  return {
    type: "FeatureCollection",
    features: named.map(({ geometry, properties }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: middleOf(geometry) },
      properties: { name: properties.name, kind: properties.kind },
    })),
  };
}

const kindIs = (...kinds: string[]) => ["in", ["get", "kind"], ["literal", kinds]] as never;

function labels(dark: boolean): LayerSpecification[] {
  const shared = {
    "text-color": ink("quiet", dark),
    "text-halo-color": HALO[dark ? "dark" : "light"],
    "text-halo-width": 1.4,
  };
  const layout = {
    "text-field": ["get", "name"] as never,
    "text-font": FONT,
    "text-max-width": 7,
    "text-padding": 6,
  };
  return [
    {
      id: "names-districts",
      type: "symbol",
      source: "names",
      filter: kindIs("district"),
      minzoom: 10.6,
      layout: { ...layout, "text-size": 11 },
      paint: shared,
    },
    {
      id: "names-municipalities",
      type: "symbol",
      source: "names",
      filter: kindIs("municipality", "neighbour"),
      layout: {
        ...layout,
        "text-size": ["interpolate", ["linear"], ["zoom"], 8, 11, 12, 15],
        "text-letter-spacing": 0.04,
      },
      paint: shared,
    },
  ];
}

/** Layers below the data, and those above it. */
function groundLayers(dark: boolean): { below: LayerSpecification[]; above: LayerSpecification[] } {
  const width = (near: number, far: number) =>
    ["interpolate", ["linear"], ["zoom"], 8, far, 13, near] as never;
  const below: LayerSpecification[] = [
    { id: "beyond", type: "background", paint: { "background-color": BEYOND[dark ? "dark" : "light"] } },
    {
      id: "land",
      type: "fill",
      source: "outlines",
      filter: kindIs("municipality", "neighbour"),
      paint: { "fill-color": ink("land", dark) },
    },
  ];
  const above: LayerSpecification[] = [
    {
      id: "water",
      type: "fill",
      source: "outlines",
      filter: kindIs("water"),
      paint: { "fill-color": ink("water", dark) },
    },
    {
      id: "roads",
      type: "line",
      source: "roads",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": dark ? "#5d656d" : "#ffffff",
        "line-opacity": dark ? 0.5 : 0.75,
        "line-width": width(3, 0.8),
      },
    },
    {
      id: "districts",
      type: "line",
      source: "outlines",
      filter: kindIs("district"),
      minzoom: 9.6,
      paint: { "line-color": ink("edge", dark), "line-width": 0.5, "line-opacity": 0.6 },
    },
    {
      id: "municipalities",
      type: "line",
      source: "outlines",
      filter: kindIs("municipality", "neighbour"),
      paint: {
        "line-color": dark ? "#8b949d" : "#7d848b",
        "line-width": width(1.4, 0.7),
        "line-opacity": 0.8,
      },
    },
  ];
  return { below, above };
}

/** The whole style, with a place between ground and names where data is laid in. */
export function groundStyle(
  map: StudyMap,
  dark: boolean,
  data: readonly LayerSpecification[],
): StyleSpecification {
  const { below, above } = groundLayers(dark);
  const geojson = (value: FeatureCollection, maxzoom = 12) =>
    ({ type: "geojson", data: value, maxzoom, tolerance: 0.2 }) as const;
  const [cells, ...over] = data;
  return {
    version: 8,
    sources: {
      outlines: geojson(map.outlines),
      roads: geojson(map.roads),
      names: geojson(names(map)),
      areas: { type: "geojson", data: map.areas, maxzoom: 11, tolerance: 0, buffer: 0 },
      border: geojson({ type: "FeatureCollection", features: [] }),
      flows: geojson({ type: "FeatureCollection", features: [] }),
      picked: geojson({ type: "FeatureCollection", features: [] }),
      moves: geojson({ type: "FeatureCollection", features: [] }),
      playing: { type: "geojson", data: { type: "FeatureCollection", features: [] }, maxzoom: 8, buffer: 0 },
    },
    layers: [...below, ...(cells ? [cells] : []), ...above, ...over, ...labels(dark)],
  };
}

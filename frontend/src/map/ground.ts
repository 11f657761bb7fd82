// The quiet ground: land, water, borders and main roads in greys. Data has the colour.
import type { FeatureCollection } from "geojson";
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { StudyMap } from "../api/types.ts";
import { INKS } from "../theme/scales.ts";

type InkName = keyof typeof INKS;

/** The report's ink for a canvas, which knows no CSS variables. */
export function ink(name: InkName, dark: boolean): string {
  return INKS[name][dark ? "dark" : "light"];
}

export const roadInk = (dark: boolean) => (dark ? "#5d656d" : "#ffffff");
/** Of borders between municipalities. */
export const townInk = (dark: boolean) => (dark ? "#8b949d" : "#7d848b");
export const FONT = ["Beredt Inter"];

const kindIs = (...kinds: string[]) => ["in", ["get", "kind"], ["literal", kinds]] as never;

/** Layers below the data, and those above it.
 *
 * Every kind of drawing is a program that is compiled before the first picture, so few kinds do: all ground is filled as squares
 * are, by a colour of the feature; shores are lines like roads; and what lies beyond every outline is the page behind the map.
 */
function groundLayers(dark: boolean): { below: LayerSpecification[]; above: LayerSpecification[] } {
  const width = (near: number, far: number) =>
    ["interpolate", ["linear"], ["zoom"], 8, far, 13, near] as never;
  const filled = (id: string, colour: string, ...kinds: string[]): LayerSpecification => ({
    id,
    type: "fill",
    source: "ground",
    filter: kindIs(...kinds),
    paint: { "fill-color": ["case", ["has", "kind"], colour, colour], "fill-antialias": false },
  });
  const below = [filled("land", ink("land", dark), "municipality", "neighbour")];
  const above: LayerSpecification[] = [
    filled("water", ink("water", dark), "water"),
    {
      id: "shores",
      type: "line",
      source: "ground",
      filter: kindIs("water"),
      paint: { "line-color": ink("water", dark), "line-width": 1 },
    },
    {
      id: "roads",
      type: "line",
      source: "ground",
      filter: kindIs("road"),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": roadInk(dark),
        "line-opacity": dark ? 0.5 : 0.75,
        "line-width": width(3, 0.8),
      },
    },
    {
      id: "districts",
      type: "line",
      source: "ground",
      filter: kindIs("district"),
      minzoom: 9.6,
      paint: { "line-color": ink("edge", dark), "line-width": 0.5, "line-opacity": 0.6 },
    },
    {
      id: "municipalities",
      type: "line",
      source: "ground",
      filter: kindIs("municipality", "neighbour"),
      paint: {
        "line-color": townInk(dark),
        "line-width": width(1.4, 0.7),
        "line-opacity": 0.8,
      },
    },
  ];
  return { below, above };
}

/** All that does not change, in one source, so that each piece of the map is cut once: outlines and roads. */
function ground(map: StudyMap): FeatureCollection {
  const roads = map.roads.features.map(({ geometry }) => ({
    type: "Feature" as const,
    geometry,
    properties: { kind: "road" },
  }));
  return { type: "FeatureCollection", features: [...map.outlines.features, ...roads] };
}

/** Squares by number alone: what is known of them stays on this side, and only colours are sent after them. */
function squares({ areas }: StudyMap): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: areas.features.map(({ id, geometry }) => ({
      type: "Feature",
      ...(id === undefined ? {} : { id }),
      geometry,
      properties: null,
    })),
  };
}

/** The whole style. Data that only some views have is laid in later, each below the layer that `dataLayers` names. */
export function groundStyle(map: StudyMap, dark: boolean, cells: LayerSpecification): StyleSpecification {
  const { below, above } = groundLayers(dark);
  return {
    version: 8,
    sources: {
      ground: { type: "geojson", data: ground(map), maxzoom: 12, tolerance: 0.2 },
      // Few large pieces: a square has five corners, and those of z8 are right to ten metres.
      areas: { type: "geojson", data: squares(map), maxzoom: 8, tolerance: 0, buffer: 0 },
    },
    layers: [...below, cells, ...above],
  };
}

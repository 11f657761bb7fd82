// The layers that carry data, in the order in which they lie on one another.
import type { LayerSpecification } from "maplibre-gl";
import { FONT, ink } from "./ground.ts";

const ARROW = "arrow";

/** The colours of the squares: the layer that all others lie on. */
export function cellLayer(dark: boolean): LayerSpecification {
  return {
    id: "areas",
    type: "fill",
    source: "areas",
    paint: {
      "fill-color": ["to-color", ["feature-state", "colour"], "#00000000"],
      "fill-opacity": dark ? 0.86 : 0.82,
      "fill-antialias": false,
    },
  };
}

/** What some views lay over the squares, in the order in which it lies there: each source comes with its layers when it is first laid. */
export function dataLayers(dark: boolean): readonly LayerSpecification[] {
  return [
    {
      id: "reach-areas",
      type: "fill",
      source: "reach-areas",
      paint: { "fill-color": ["get", "colour"], "fill-opacity": dark ? 0.5 : 0.42, "fill-antialias": false },
    },
    {
      id: "road-lines",
      type: "line",
      source: "road-lines",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": ["get", "colour"],
        "line-width": ["interpolate", ["linear"], ["zoom"], 8, ["get", "far"], 14, ["get", "near"]],
      },
    },
    {
      id: "reach-edges",
      type: "line",
      source: "reach-areas",
      paint: { "line-color": ["get", "colour"], "line-width": 1.6 },
    },
    {
      id: "fault-places",
      type: "circle",
      source: "fault-places",
      paint: {
        "circle-radius": 4.5,
        "circle-color": dark ? "#f0a35e" : "#b4470f",
        "circle-stroke-color": ink("surface", dark),
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "border",
      type: "line",
      source: "border",
      layout: { "line-cap": "round" },
      paint: {
        "line-color": ink("ink", dark),
        "line-width": 1.6,
        "line-dasharray": [2.2, 2],
        "line-opacity": 0.75,
      },
    },
    {
      id: "flows",
      type: "line",
      source: "flows",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "butt", "line-join": "round" },
      paint: { "line-color": ["get", "colour"], "line-width": ["get", "width"], "line-opacity": 0.78 },
    },
    {
      id: "flow-heads",
      type: "symbol",
      source: "flows",
      filter: ["==", ["geometry-type"], "Point"],
      layout: {
        "icon-image": ARROW,
        "icon-size": ["interpolate", ["linear"], ["get", "width"], 1, 0.35, 14, 1.1],
        "icon-rotate": ["get", "turn"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
      paint: { "icon-color": ["get", "colour"], "icon-opacity": 0.9 },
    },
    {
      id: "flow-numbers",
      type: "symbol",
      source: "flows",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: {
        "symbol-placement": "line-center",
        "text-field": ["get", "text"],
        "text-font": FONT,
        "text-size": 12,
        "text-rotation-alignment": "viewport",
      },
      paint: {
        "text-color": ink("ink", dark),
        "text-halo-color": ink("surface", dark),
        "text-halo-width": 1.8,
      },
    },
    {
      id: "moves",
      type: "line",
      source: "moves",
      paint: {
        "line-color": ink("ink", dark),
        "line-width": 1.4,
        "line-dasharray": [2, 2],
        "line-opacity": 0.7,
      },
    },
    {
      id: "picked",
      type: "line",
      source: "picked",
      layout: { "line-join": "round" },
      paint: { "line-color": ink("ink", dark), "line-width": 2.5 },
    },
  ];
}

/** The head of an arrow that points east, as a mask that takes any colour. */
export function arrowImage(): ImageData | undefined {
  const size = 32;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  pen.beginPath();
  pen.moveTo(2, 4);
  pen.lineTo(30, 16);
  pen.lineTo(2, 28);
  pen.closePath();
  pen.fill();
  return pen.getImageData(0, 0, size, size);
}

export const ARROW_NAME = ARROW;

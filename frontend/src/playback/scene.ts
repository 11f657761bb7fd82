// The canvas that lies over a map, made ready to be drawn on.
import type { MapEngine } from "../map/engine.ts";
import { dark } from "../state/theme.ts";
import type { Scene } from "./draw.ts";

/** The canvas in the map's size and the screen's sharpness; undefined where there is none. */
export function sceneOn(canvas: HTMLCanvasElement, engine: MapEngine): Scene | undefined {
  const { clientWidth, clientHeight } = canvas;
  const sharp = window.devicePixelRatio;
  const [width, height] = [Math.round(clientWidth * sharp), Math.round(clientHeight * sharp)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  pen.setTransform(sharp, 0, 0, sharp, 0, 0);
  pen.clearRect(0, 0, clientWidth, clientHeight);
  return { pen, pixel: (spot) => engine.pixel(spot), dark: dark.value, zoom: engine.map.getZoom() };
}

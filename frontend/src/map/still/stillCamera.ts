// A map that stands still: the same places at the same pixels as the moving map has them when it begins.
import type { Feature, FeatureCollection } from "geojson";
import type { Pixel, Spot } from "../engine.ts";
import type { Seen } from "../picture/drawMap.ts";
import type { Bounds, Room } from "../room.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of the whole world at zoom 0. */
const WORLD = 512;
const HALF_TURN = 180;

const across = (lon: number) => (lon + HALF_TURN) / (2 * HALF_TURN);
/** Web Mercator: from 0 in the north to 1 in the south. */
const down = (lat: number) =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / (2 * HALF_TURN))) / (2 * Math.PI);

/** The latitude of a part of the world from the north. */
const latitudeOf = (part: number) =>
  ((2 * HALF_TURN) / Math.PI) * (Math.atan(Math.exp((0.5 - part) * 2 * Math.PI)) - Math.PI / 4);

/** A map that stands still, and the place below each of its pixels. */
export interface StillCamera extends Seen {
  readonly spot: (pixel: Pixel) => Spot;
}

/** The bounds as large as the room lets them be, in its middle. */
export function stillCamera(
  [[west, south], [east, north]]: Bounds,
  { width, height }: Size,
  room: Room,
  laid: Readonly<Record<string, FeatureCollection | Feature>> = {},
): StillCamera {
  const scale = Math.min(
    (width - room.left - room.right) / (across(east) - across(west)),
    (height - room.top - room.bottom) / (down(south) - down(north)),
  );
  const [middleX, middleY] = [(across(west) + across(east)) / 2, (down(north) + down(south)) / 2];
  const [centreX, centreY] = [(width + room.left - room.right) / 2, (height + room.top - room.bottom) / 2];
  const pixel = ({ lon, lat }: { readonly lon: number; readonly lat: number }) => ({
    x: centreX + (across(lon) - middleX) * scale,
    y: centreY + (down(lat) - middleY) * scale,
  });
  return {
    pixel,
    spot: ({ x, y }) => ({
      lon: 2 * HALF_TURN * (middleX + (x - centreX) / scale) - HALF_TURN,
      lat: latitudeOf(middleY + (y - centreY) / scale),
    }),
    view: () => ({ zoom: Math.log2(scale / WORLD), width, height, pixel }),
    laid: (source) => laid[source],
  };
}

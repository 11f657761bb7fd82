// Which names of places have room on a map, and how large they are: municipalities first, districts when one is near.
import type { StudyMap } from "../../api/types.ts";
import type { Pixel, Spot } from "../engine.ts";
import { middleOf } from "../geometry.ts";

export interface NamedPlace extends Spot {
  readonly id: string;
  readonly name: string;
  readonly kind: "municipality" | "district";
}

/** Municipalities, neighbours and districts, each in the middle of its outline. */
export function namedPlaces({ outlines }: StudyMap): readonly NamedPlace[] {
  return outlines.features.flatMap(({ geometry, properties: { id, kind, name } }) => {
    if (!name || kind === "water") return [];
    const [lon, lat] = middleOf(geometry);
    const place = { id: id ?? name, name, lon, lat };
    return [{ ...place, kind: kind === "district" ? ("district" as const) : ("municipality" as const) }];
  });
}

export interface PlacedName extends Pixel {
  readonly place: NamedPlace;
  /** What stands after the name. */
  readonly figure: string | undefined;
  readonly size: number;
}

interface View {
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  readonly pixel: (spot: Spot) => Pixel;
}

/** From this zoom on districts have names. */
const NEAR = 10.6;
const DISTRICT_SIZE = 11;
const [FAR_ZOOM, FAR_SIZE, NEAR_ZOOM, NEAR_SIZE] = [8, 11, 12, 15];
/** From this width on a map is looked at from afar, as on a wall: names grow with it, to twice their size. */
const [WALL, MOST] = [1600, 2];
/** A letter's width, of its height; and the room around a name, pixels. */
const [LETTER, ROOM] = [0.6, 6];

function sizeOf({ kind }: NamedPlace, { zoom, width }: View): number {
  const wall = Math.min(Math.max(width / WALL, 1), MOST);
  if (kind === "district") return DISTRICT_SIZE * wall;
  const share = Math.min(Math.max((zoom - FAR_ZOOM) / (NEAR_ZOOM - FAR_ZOOM), 0), 1);
  return (FAR_SIZE + share * (NEAR_SIZE - FAR_SIZE)) * wall;
}

/** The names that have room, with the middle of each; `figures` stand after names of their places. */
export function placeNames(
  places: readonly NamedPlace[],
  view: View,
  figures: ReadonlyMap<string, string> = new Map(),
): readonly PlacedName[] {
  const { zoom, width, height, pixel } = view;
  const near = places.filter(({ kind }) => kind === "municipality" || zoom >= NEAR);
  const ordered = near.toSorted(
    (one, other) => Number(one.kind === "district") - Number(other.kind === "district"),
  );
  const taken: { x: number; y: number; wide: number; high: number }[] = [];
  return ordered.flatMap((place) => {
    const { x, y } = pixel(place);
    const figure = figures.get(place.id);
    const text = figure === undefined ? place.name : `${place.name} ${figure}`;
    const size = sizeOf(place, view);
    const [wide, high] = [(text.length * size * LETTER) / 2 + ROOM, size / 2 + ROOM];
    if (x < -wide || y < -high || x > width + wide || y > height + high) return [];
    const hits = taken.some(
      (one) => Math.abs(one.x - x) < one.wide + wide && Math.abs(one.y - y) < one.high + high,
    );
    if (hits) return [];
    taken.push({ x, y, wide, high });
    return [{ place, figure, size, x, y }];
  });
}

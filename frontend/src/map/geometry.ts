// Middles, edges and arcs, in degrees: exact enough for a map of a region.
import type { FeatureCollection, LineString, MultiPolygon, Polygon, Position } from "geojson";

type Spot = readonly [number, number];

/** Signed area of a ring and its centroid. */
function ringMiddle(ring: readonly Position[]): { area: number; x: number; y: number } {
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach(([x1 = 0, y1 = 0], index) => {
    const [x2 = 0, y2 = 0] = ring[(index + 1) % ring.length] ?? [];
    const cross = x1 * y2 - x2 * y1;
    area += cross / 2;
    x += ((x1 + x2) * cross) / 6;
    y += ((y1 + y2) * cross) / 6;
  });
  return area === 0
    ? { area: 0, x: ring[0]?.[0] ?? 0, y: ring[0]?.[1] ?? 0 }
    : { area: Math.abs(area), x: x / area, y: y / area };
}

/** The centroid of the largest piece. */
export function middleOf(geometry: Polygon | MultiPolygon): [number, number] {
  const pieces = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const middles = pieces.map((rings) => ringMiddle(rings[0] ?? []));
  const largest = middles.reduce((one, other) => (other.area > one.area ? other : one));
  return [largest.x, largest.y];
}

/** The middle of a square given as a closed ring. */
export function squareMiddle(polygon: Polygon): [number, number] {
  const corners = (polygon.coordinates[0] ?? []).slice(0, 4);
  const sum = corners.reduce<Spot>(([x, y], [lon = 0, lat = 0]) => [x + lon, y + lat], [0, 0]);
  return [sum[0] / Math.max(corners.length, 1), sum[1] / Math.max(corners.length, 1)];
}

const edges = (ring: readonly Position[]): Position[][] =>
  ring.slice(1).map((end, index) => [ring[index] ?? [], end]);

const edgeKey = (one: Position, other: Position) => {
  const [a, b] = [one.join(), other.join()];
  return a < b ? `${a}|${b}` : `${b}|${a}`;
};

/** The two whose areas meet at a line, in the order of their names. */
export interface Between {
  readonly one: string;
  readonly other: string;
}

/** The edges between shapes that belong to different owners: `owners` in the order of the shapes, which share their edges. */
export function bordersBetween(
  shapes: readonly (Polygon | MultiPolygon)[],
  owners: readonly string[],
): FeatureCollection<LineString, Between> {
  const seen = new Map<string, { owner: string; line: Position[] }>();
  const lines: (Between & { readonly line: Position[] })[] = [];
  shapes.forEach((shape, index) => {
    const rings = shape.type === "Polygon" ? shape.coordinates : shape.coordinates.flat();
    const owner = owners[index] ?? "";
    for (const line of rings.flatMap(edges)) {
      const key = edgeKey(line[0] ?? [], line[1] ?? []);
      const other = seen.get(key);
      if (!other) seen.set(key, { owner, line });
      else if (other.owner < owner) lines.push({ one: other.owner, other: owner, line });
      else if (other.owner > owner) lines.push({ one: owner, other: other.owner, line });
    }
  });
  return {
    type: "FeatureCollection",
    features: lines.map(({ one, other, line }) => ({
      type: "Feature",
      properties: { one, other },
      geometry: { type: "LineString", coordinates: line },
    })),
  };
}

/** A bow from one place to another, so that two ways between the same places lie apart. */
export function bow([x1, y1]: Spot, [x2, y2]: Spot, bend = 0.16, steps = 24): Position[] {
  const stretch = Math.cos((((y1 + y2) / 2) * Math.PI) / 180);
  const [dx, dy] = [(x2 - x1) * stretch, y2 - y1];
  const [mx, my] = [(x1 + x2) / 2 + (dy * bend) / stretch, (y1 + y2) / 2 - dx * bend];
  return Array.from({ length: steps + 1 }, (_, step) => {
    const t = step / steps;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * x1 + b * mx + c * x2, a * y1 + b * my + c * y2];
  });
}

/** Kilometres as the crow flies. */
export function kilometres([x1, y1]: Spot, [x2, y2]: Spot): number {
  const stretch = Math.cos((((y1 + y2) / 2) * Math.PI) / 180);
  return Math.hypot((x2 - x1) * stretch, y2 - y1) * 111.2;
}

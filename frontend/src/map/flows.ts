// Who runs missions where, as bows from an organisation's stations to a municipality, as broad as there are missions.
import type { FeatureCollection, LineString, Point } from "geojson";
import type { Flow, ServiceStation, StudyMap } from "../api/types.ts";
import { bow, squareMiddle } from "./geometry.ts";

export interface FlowProperties {
  readonly organisation: string;
  readonly municipality: string;
  readonly missions: number;
  readonly width: number;
  readonly turn?: number;
}

const WIDEST = 14;

/** Where the people of every municipality live, on average. */
export function middlesOfMunicipalities({ areas }: StudyMap): ReadonlyMap<string, [number, number]> {
  const sums = new Map<string, { x: number; y: number; people: number }>();
  for (const { geometry, properties } of areas.features) {
    const [x, y] = squareMiddle(geometry);
    const sum = sums.get(properties.municipality) ?? { x: 0, y: 0, people: 0 };
    const weight = properties.people + 0.001;
    sums.set(properties.municipality, {
      x: sum.x + x * weight,
      y: sum.y + y * weight,
      people: sum.people + weight,
    });
  }
  return new Map([...sums].map(([id, { x, y, people }]) => [id, [x / people, y / people]]));
}

/** The middle of an organisation's units. */
export function middlesOfOrganisations(
  stations: readonly ServiceStation[],
): ReadonlyMap<string, [number, number]> {
  const sums = new Map<string, { x: number; y: number; units: number }>();
  for (const { organisation, lon, lat, units, change } of stations) {
    if (change === "gone") continue;
    const sum = sums.get(organisation) ?? { x: 0, y: 0, units: 0 };
    const weight = units + 0.001;
    sums.set(organisation, { x: sum.x + lon * weight, y: sum.y + lat * weight, units: sum.units + weight });
  }
  return new Map([...sums].map(([id, { x, y, units }]) => [id, [x / units, y / units]]));
}

/** Lines and, at their ends, the points where arrow heads go, turned as the line arrives (degrees clockwise from east). */
export function flowShapes(
  flows: readonly Flow[],
  from: ReadonlyMap<string, [number, number]>,
  to: ReadonlyMap<string, [number, number]>,
): FeatureCollection<LineString | Point, FlowProperties> {
  const most = Math.max(1, ...flows.map((flow) => flow.missions));
  const features = flows.flatMap(({ organisation, municipality, missions }) => {
    const [start, end] = [from.get(organisation), to.get(municipality)];
    const width = Math.sqrt(missions / most) * WIDEST;
    if (!start || !end || width < 0.6) return [];
    const line = bow(start, end);
    const [x1 = 0, y1 = 0] = line.at(-3) ?? [];
    const [x2 = 0, y2 = 0] = line.at(-1) ?? [];
    const turn = (-Math.atan2(y2 - y1, (x2 - x1) * Math.cos((y2 * Math.PI) / 180)) * 180) / Math.PI;
    const properties = { organisation, municipality, missions, width };
    return [
      { type: "Feature" as const, geometry: { type: "LineString" as const, coordinates: line }, properties },
      {
        type: "Feature" as const,
        geometry: { type: "Point" as const, coordinates: [x2, y2] },
        properties: { ...properties, turn },
      },
    ];
  });
  return { type: "FeatureCollection", features };
}

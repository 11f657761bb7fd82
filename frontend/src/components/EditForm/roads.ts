// Edits of roads name a road in two ways: by places that the study's own links join, or on the map that it has imported.
import type { EditKind } from "../shapes.ts";

const ROADS = ["open_link", "close_link", "set_link_speed"];
const BY_PLACES = ["from_place", "to_place", "road", "factor", "join_km"];
const ON_A_MAP = ["line", "lines", "road_class", "tunnel", "direction"];

/** The kind of edit without the keys that mean nothing on the roads of a study. */
export function onRoadsOf(kind: EditKind, hasPlaces: boolean): EditKind {
  if (!ROADS.includes(kind.kind)) return kind;
  const foreign = hasPlaces ? ON_A_MAP : BY_PLACES;
  return { ...kind, fields: kind.fields.filter((field) => !foreign.includes(field.key)) };
}

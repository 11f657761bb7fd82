// What a field may name: the rows of the study's tables, and of the service as the changes so far have made it.
import type { Service, Study, Texts } from "../../api/types.ts";
import type { EditField, Named } from "../shapes.ts";

/** What may be chosen; null where the screen has no list, and the id is typed. */
export function optionsFor(
  field: EditField,
  study: Study | undefined,
  service: Service | undefined,
  local: (texts: Texts) => string,
): readonly Named[] | null {
  const table = field.refers_to[0]?.table;
  if (!study || table === undefined) return null;
  const station = (id: string) => service?.stations.find((one) => one.id === id)?.name ?? id;
  const named: Readonly<Record<string, () => readonly Named[]>> = {
    organisations: () => study.organisations,
    centres: () => study.centres,
    municipalities: () => study.municipalities,
    districts: () => study.districts,
    places: () => study.places.toSorted((one, other) => one.name.localeCompare(other.name)),
    hospitals: () => (service ?? study).hospitals,
    pathways: () => service?.pathways ?? [],
    unit_kinds: () => (service ?? study).unit_kinds.map((kind) => ({ id: kind.id, name: local(kind.name) })),
    rosters: () => (service ?? study).rosters.map((roster) => ({ id: roster.id, name: local(roster.text) })),
    stations: () => (service?.stations ?? []).filter((one) => one.change !== "gone"),
    standby_points: () => (service?.standby_points ?? []).filter((one) => one.change !== "gone"),
    units: () =>
      (service?.units ?? [])
        .filter((unit) => unit.change !== "gone")
        .map((unit) => ({ id: unit.id, name: `${unit.id} (${station(unit.station)}, ${unit.roster_text})` })),
  };
  return named[table]?.() ?? null;
}

/** The options with what is given now among them, also when it is gone from the lists. */
export function withValue(options: readonly Named[], value: string): readonly Named[] {
  const isKnown = value === "" || value === "*" || options.some((one) => one.id === value);
  return isKnown ? options : [...options, { id: value, name: value }];
}

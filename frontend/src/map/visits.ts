// Planned tasks that are laid on the map: home visits by the units of a station, in the time that they stand by.
import type { Edit, ServiceStation, StudyMap } from "../api/types.ts";
import { addOrReplace, change, chosen } from "../state/drafts.ts";
import { t } from "../state/language.ts";
import { service } from "../state/service.ts";
import { areaNear } from "./editing.ts";

const MINUTE_S = 60;

/** What is asked; all else is assumed, stands in the list of changes and can be changed there. */
export interface Visits {
  readonly perDay: number;
  readonly minutes: number;
  readonly fromAge: number;
}
export const USUAL: Visits = { perDay: 4, minutes: 40, fromAge: 80 };

const ASSUMED = {
  weekdays: "mon-fri",
  start: "09:00",
  end: "17:00",
  window_s: 7200,
  late_s: 7200,
  gives_way: "AH",
  drops: "A",
  max_drive_min: 20,
} as const;

const idOf = (station: string) => `visits-${station}`;
const isOf = (station: string) => (edit: Edit) =>
  edit.edit === "set_planned_task" && edit["id"] === idOf(station);

/** The visits that the draft has of a station. */
export const visitsOf = (station: string): Edit | undefined => chosen.value?.edits.find(isOf(station));

/** Kinds of the units that a station has; none for a station without units, which nobody can visit from. */
export const kindsAt = (station: string): readonly string[] => [
  ...new Set(
    (service.value?.units ?? [])
      .filter((unit) => unit.station === station && unit.change !== "gone")
      .map((unit) => unit.kind),
  ),
];

/** Visit people at home in the station's own municipality; said again of a station, the latter holds. */
export function planVisits(map: StudyMap, { id, name, lat, lon }: ServiceStation, asked: Visits): void {
  const municipality = map.areas.features[areaNear(map, { lat, lon })]?.properties.municipality ?? "";
  const edit = {
    edit: "set_planned_task",
    id: idOf(id),
    wanted_kinds: [...kindsAt(id)],
    per_day: asked.perDay,
    municipalities: [municipality],
    home_stations: [id],
    from_age: asked.fromAge,
    stay_s: Math.round(asked.minutes * MINUTE_S),
    ...ASSUMED,
  };
  const title = t("map.title_visits", { station: name });
  addOrReplace(edit, isOf(id), { nb: title, nn: title, en: title });
}

/** Take back the visits that the draft has of a station. */
export function dropVisits({ id }: ServiceStation): void {
  change((edits) => edits.filter((edit) => !isOf(id)(edit)));
}

// What is done by hand on the map, as the edits that an alternative's file holds.
import type { Edit, ServiceHospital, ServiceStandby, ServiceStation, StudyMap } from "../api/types.ts";
import { addOrReplace, change, chosen } from "../state/drafts.ts";
import { idOf } from "../state/saving.ts";
import { t } from "../state/language.ts";
import { squareMiddle, kilometres } from "./geometry.ts";
import type { Spot } from "./engine.ts";
import type { Movable } from "./view.ts";

const DIGITS = 5;
const degrees = (value: number) => Number(value.toFixed(DIGITS));

/** The edits that open and move what stands on the map, and the key by which the latter names it. */
const EDITS = {
  station: { open: "open_station", move: "move_station", key: "station" },
  standby: { open: "open_standby_point", move: "move_standby_point", key: "standby_point" },
  hospital: { open: "open_hospital", move: "move_hospital", key: "hospital" },
} as const;

type Kind = Movable["kind"];
const opensAny = (kind: Kind, id: string) => (edit: Edit) =>
  edit.edit === EDITS[kind].open && edit["id"] === id;
const movesAny = (kind: Kind, id: string) => (edit: Edit) =>
  edit.edit === EDITS[kind].move && edit[EDITS[kind].key] === id;
const opens = (id: string) => opensAny("station", id);
const moves = (id: string) => movesAny("station", id);
const opensPoint = (id: string) => opensAny("standby", id);
const movesPoint = (id: string) => movesAny("standby", id);

/** The title of an alternative that begins on the map, in every language at once. */
const titled = (text: string) => ({ nb: text, nn: text, en: text });

/** Put something elsewhere: what the alternative opens is opened there, anything else is moved; dragging twice is one line. */
export function putPlace({ kind, id, name }: Movable, to: Spot): void {
  const [lat, lon] = [degrees(to.lat), degrees(to.lon)];
  const [opening, moving] = [opensAny(kind, id), movesAny(kind, id)];
  const opened = chosen.peek()?.edits.find(opening);
  const title = titled(t("map.title_moved", { station: name }));
  const move = { edit: EDITS[kind].move, [EDITS[kind].key]: id, lat, lon };
  if (opened) addOrReplace({ ...opened, lat, lon }, opening, title);
  else addOrReplace(move, moving, title);
}

/** The nearest square to a place: whose it is says whose a new station is. */
export function areaNear(map: StudyMap, { lon, lat }: Spot): number {
  let best = 0;
  let least = Infinity;
  map.areas.features.forEach(({ geometry }, index) => {
    const km = kilometres(squareMiddle(geometry), [lon, lat]);
    if (km < least) [best, least] = [index, km];
  });
  return best;
}

export interface NewStation extends Spot {
  readonly name: string;
  readonly organisation: string;
  readonly centre: string;
  /** A car that stands there around the clock, so that the station is one that answers. */
  readonly unit: { readonly kind: string; readonly roster: string } | undefined;
}

/** Open a station, with a unit; both edits are one step back. */
export function openStation(
  made: NewStation,
  takenStations: readonly string[],
  takenUnits: readonly string[],
): string {
  const id = idOf(made.name, takenStations);
  const { name, organisation, centre, unit } = made;
  const opening = {
    edit: "open_station",
    id,
    name,
    lat: degrees(made.lat),
    lon: degrees(made.lon),
    organisation,
    centre,
  };
  const adding = unit && {
    edit: "add_unit",
    id: idOf(`${id}-1`, takenUnits),
    station: id,
    unit_kind: unit.kind,
    roster: unit.roster,
  };
  change(
    (edits) => [...edits, opening, ...(adding ? [adding] : [])],
    titled(t("map.title_with", { station: name })),
  );
  return id;
}

/** Close a station; one that the alternative itself opened is taken back, with all that was said of it. */
export function closeStation(station: ServiceStation): void {
  const title = titled(t("map.title_without", { station: station.name }));
  change((edits) => {
    if (!edits.some(opens(station.id))) {
      return [
        ...edits.filter((edit) => !moves(station.id)(edit)),
        { edit: "close_station", station: station.id },
      ];
    }
    return edits.filter((edit) => edit["station"] !== station.id && !opens(station.id)(edit));
  }, title);
}

/** A share of the patients of an urgency taken elsewhere: to the nearest of some places, or of all that are alike. */
export interface Closing {
  /** `*` for all. */
  readonly urgency: string;
  /** From 0 to 1; below 1 it is a by-pass. */
  readonly share: number;
  /** Ids; none for all others that are alike. */
  readonly instead: readonly string[];
}

/** Have patients taken elsewhere than to a hospital; said twice of an urgency, the latter holds. */
export function closeDepartment({ id, name }: ServiceHospital, { urgency, share, instead }: Closing): void {
  const edit = {
    edit: "close_department",
    hospital: id,
    urgency,
    ...(share < 1 ? { share } : {}),
    ...(instead.length > 0 ? { instead: [...instead] } : {}),
  };
  const isSame = (one: Edit) =>
    one.edit === "close_department" && one["hospital"] === id && one["urgency"] === urgency;
  addOrReplace(edit, isSame, titled(t("map.title_without", { station: name })));
}

/** Take back what the draft closes of a hospital. */
export function openDepartments({ id, name }: ServiceHospital): void {
  change(
    (edits) => edits.filter((edit) => !(edit.edit === "close_department" && edit["hospital"] === id)),
    titled(t("map.title_with", { station: name })),
  );
}

/** Whether the draft closes anything of a hospital. */
export const closesDepartments = (id: string): boolean =>
  chosen.value?.edits.some((edit) => edit.edit === "close_department" && edit["hospital"] === id) ?? false;

/** Places that are counted: who comes when all are taken waits there with the crew, or is taken past it. */
export interface Crowding {
  readonly places: number;
  /** Median seconds that a patient has a place. */
  readonly stay: number;
  /** Where patients are taken when so many units wait; undefined for nowhere. */
  readonly past: { readonly to: string; readonly waiting: number } | undefined;
}

/** Count the places of a hospital, round the clock, and what happens when they are full; said again, the latter holds. */
export function countPlaces({ id, name }: ServiceHospital, { places, stay, past }: Crowding): void {
  const isAbout = (edit: Edit) =>
    (edit.edit === "set_hospital_places" || edit.edit === "set_by_pass") && edit["hospital"] === id;
  const passing = past && { edit: "set_by_pass", hospital: id, to_hospital: past.to, waiting: past.waiting };
  change(
    (edits) => [
      ...edits.filter((edit) => !isAbout(edit)),
      { edit: "set_hospital_places", hospital: id, places, stay_s: stay },
      ...(passing ? [passing] : []),
    ],
    titled(t("map.title_places", { station: name })),
  );
}

export interface NewHospital extends Spot {
  readonly name: string;
  readonly organisation: string;
  readonly emergency: boolean;
}

/** Open a hospital, or an out-of-hours service. */
export function openHospital(made: NewHospital, taken: readonly string[]): string {
  const id = idOf(made.name, taken);
  const { name, organisation, emergency } = made;
  const place = { lat: degrees(made.lat), lon: degrees(made.lon) };
  const edit = {
    edit: "open_hospital",
    id,
    name,
    ...place,
    organisation,
    emergency: emergency ? "yes" : "no",
  };
  change((edits) => [...edits, edit], titled(t("map.title_with", { station: name })));
  return id;
}

/** Of the helicopter that a base begins with. All figures are assumptions, and can be changed where the changes are listed. */
const HELICOPTER = {
  edit: "set_unit_kind",
  id: "helicopter",
  name_en: "helicopter",
  name_nb: "helikopter",
  stops_clock: "yes",
  answers: "A",
  competence: ["doctor"],
  flies: "yes",
  kmh: 230,
  start_s: 180,
  no_flight_share: 0.12,
};
const BY_AIR = {
  edit: "set_ask",
  id: "doctor-by-air",
  when: "ahead",
  asked_share: 0.3,
  urgencies: "A",
  wanted_kinds: [HELICOPTER.id],
  requires: ["doctor"],
  release_s: 600,
};

/** Open a base with a helicopter that goes ahead to some of the acute incidents; all its edits are one step back. */
export function openBase(
  made: Omit<NewStation, "unit"> & { readonly roster: string },
  takenStations: readonly string[],
  takenUnits: readonly string[],
  kinds: readonly string[],
): string {
  const id = idOf(made.name, takenStations);
  const { name, organisation, centre, roster } = made;
  const place = { lat: degrees(made.lat), lon: degrees(made.lon) };
  const unit = idOf(`${id}-1`, takenUnits);
  const isKnown = kinds.includes(HELICOPTER.id);
  change(
    (edits) => [
      ...edits,
      ...(isKnown ? [] : [HELICOPTER]),
      { edit: "open_station", id, name, ...place, organisation, centre },
      { edit: "add_unit", id: unit, station: id, unit_kind: HELICOPTER.id, roster },
      ...(edits.some((edit) => edit.edit === BY_AIR.edit && edit["id"] === BY_AIR.id) ? [] : [BY_AIR]),
    ],
    titled(t("map.title_with", { station: name })),
  );
  return id;
}

/** Stop using a standby point; one that the alternative itself opened is taken back, with all that was said of it. */
export function closeStandby({ id, name }: ServiceStandby): void {
  const title = titled(t("map.title_without", { station: name }));
  change((edits) => {
    const others = edits.filter((edit) => !movesPoint(id)(edit) && !opensPoint(id)(edit));
    return edits.some(opensPoint(id))
      ? others
      : [...others, { edit: "close_standby_point", standby_point: id }];
  }, title);
}

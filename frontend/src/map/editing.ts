// What is done by hand on the map, as the edits that an alternative's file holds.
import type { Edit, ServiceStandby, ServiceStation, StudyMap } from "../api/types.ts";
import { addOrReplace, change, chosen } from "../state/drafts.ts";
import { idOf } from "../state/saving.ts";
import { t } from "../state/language.ts";
import { squareMiddle, kilometres } from "./geometry.ts";
import type { Spot } from "./engine.ts";
import type { Movable } from "./view.ts";

const DIGITS = 5;
const degrees = (value: number) => Number(value.toFixed(DIGITS));

const opens = (id: string) => (edit: Edit) => edit.edit === "open_station" && edit["id"] === id;
const moves = (id: string) => (edit: Edit) => edit.edit === "move_station" && edit["station"] === id;

const opensPoint = (id: string) => (edit: Edit) => edit.edit === "open_standby_point" && edit["id"] === id;
const movesPoint = (id: string) => (edit: Edit) =>
  edit.edit === "move_standby_point" && edit["standby_point"] === id;

/** The title of an alternative that begins on the map, in every language at once. */
const titled = (text: string) => ({ nb: text, nn: text, en: text });

/** Put something elsewhere: what the alternative opens is opened there, anything else is moved; dragging twice is one line. */
export function putPlace({ kind, id, name }: Movable, to: Spot): void {
  const [lat, lon] = [degrees(to.lat), degrees(to.lon)];
  const isStation = kind === "station";
  const [opening, moving] = isStation ? [opens(id), moves(id)] : [opensPoint(id), movesPoint(id)];
  const opened = chosen.peek()?.edits.find(opening);
  const title = titled(t("map.title_moved", { station: name }));
  const move = isStation
    ? { edit: "move_station", station: id, lat, lon }
    : { edit: "move_standby_point", standby_point: id, lat, lon };
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

// Units, incidents, stations and hospitals on the map. Lists say the same in words; here they stand where they are.
import { numbers, t } from "../../state/language.ts";
import { useScreenPlace } from "../../map/Stations/useScreenPlace.ts";
import type { Ground, Incident, Unit } from "../api/types.ts";
import { UnitMark, UrgencyMark } from "../Mark/Mark.tsx";
import { ground } from "../state/ground.ts";
import { openIncidents, picture, selected } from "../state/picture.ts";
import { age } from "../times.ts";
import { saidRounded } from "../rounded.ts";
import { doing, isAtStation, isBusyElsewhere, roundedTo, staleFor } from "../units.ts";
import "./Marks.css";

const spotOf = ({ geometry }: Unit | Incident) => {
  const [lon, lat] = geometry?.coordinates ?? [];
  return lon === undefined || lat === undefined ? undefined : { lon, lat };
};

function OnRoad({ unit, at_ms }: { unit: Unit; at_ms: number }) {
  const element = useScreenPlace<HTMLSpanElement>(spotOf(unit) ?? { lon: 0, lat: 0 });
  const stale = staleFor(unit, at_ms);
  const old = stale === undefined ? "" : t("live.stale", { age: age(numbers.value, stale) });
  const side_m = roundedTo(unit);
  const label = [unit.id, t(`live.doing_${doing(unit)}`), old, side_m && saidRounded(side_m)]
    .filter(Boolean)
    .join(", ");
  return (
    <span ref={element} class="live-unit" role="img" aria-label={label} title={label}>
      <UnitMark doing={doing(unit)} stale={stale !== undefined || side_m !== undefined} />
      {stale !== undefined && <small>{age(numbers.value, stale)}</small>}
    </span>
  );
}

function OneIncident({ incident }: { incident: Incident }) {
  const element = useScreenPlace<HTMLButtonElement>(spotOf(incident) ?? { lon: 0, lat: 0 });
  const isSelected = selected.value === incident.id;
  return (
    <button
      ref={element}
      class={isSelected ? "live-incident selected" : "live-incident"}
      tabIndex={-1}
      aria-pressed={isSelected}
      aria-label={t("live.incident_on_map", {
        incident: incident.id,
        urgency: incident.properties.urgency ?? "?",
      })}
      onClick={() => (selected.value = isSelected ? undefined : incident.id)}
    >
      <UrgencyMark urgency={incident.properties.urgency} />
    </button>
  );
}

function Station({ station, free }: { station: Ground["stations"][number]; free: number }) {
  const element = useScreenPlace<HTMLSpanElement>(station);
  const label = t("live.station_on_map", { name: station.name, free });
  return (
    <span
      ref={element}
      class={free > 0 ? "live-station some" : "live-station"}
      role="img"
      aria-label={label}
      title={label}
    >
      <span>{free}</span>
    </span>
  );
}

function Hospital({ hospital }: { hospital: Ground["hospitals"][number] }) {
  const element = useScreenPlace<HTMLSpanElement>(hospital);
  const label = t("map.hospital", { name: hospital.name });
  return (
    <span ref={element} class="live-hospital" role="img" aria-label={label} title={label}>
      +
    </span>
  );
}

/** Free units that stand at each station. */
export function freeAtStations(
  ground: Ground,
  units: ReadonlyMap<string, Unit>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { id, station } of ground.units) {
    const unit = units.get(id);
    if (unit && isAtStation(unit) && unit.properties.free) found.set(station, (found.get(station) ?? 0) + 1);
  }
  return found;
}

/** Units that stand on the map by themselves: not those at their stations, off duty, or of which nobody knows where. */
const isDrawn = (unit: Unit) =>
  spotOf(unit) !== undefined &&
  !unit.properties.outside_region &&
  (doing(unit) !== "out" || isBusyElsewhere(unit)) &&
  (!isAtStation(unit) || unit.properties.status_stale);

export function Marks() {
  const below = ground.value;
  const now = picture.value;
  if (!below || !now) return null;
  const free = freeAtStations(below, now.units);
  const homes = new Set(below.units.map(({ station }) => station));
  const incidents = openIncidents.value.filter((one) => spotOf(one) && !one.properties.outside_region);
  return (
    <div class="live-marks">
      {below.hospitals.map((one) => (
        <Hospital key={one.id} hospital={one} />
      ))}
      {below.stations
        .filter(({ id }) => homes.has(id))
        .map((one) => (
          <Station key={one.id} station={one} free={free.get(one.id) ?? 0} />
        ))}
      {incidents.toReversed().map((one) => (
        <OneIncident key={one.id} incident={one} />
      ))}
      {[...now.units.values()].filter(isDrawn).map((one) => (
        <OnRoad key={one.id} unit={one} at_ms={now.at_ms} />
      ))}
    </div>
  );
}

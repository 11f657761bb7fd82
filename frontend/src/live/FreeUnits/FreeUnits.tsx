// How many may be sent, by centre and station; behind each station its units, with what they do and since when.
import { numbers, t } from "../../state/language.ts";
import type { Unit } from "../api/types.ts";
import { UnitMark } from "../Mark/Mark.tsx";
import { age, clock } from "../times.ts";
import { saidRounded } from "../rounded.ts";
import { doing, roundedTo, staleFor, type CentreRow, type StationRow } from "../units.ts";
import "./FreeUnits.css";

const CONFLICTS: Readonly<Record<string, string>> = {
  busy_without_incident: "live.conflict_busy_without_incident",
  incident_unknown: "live.conflict_incident_unknown",
  incident_closed: "live.conflict_incident_closed",
  free_with_incident: "live.conflict_free_with_incident",
  free_off_duty: "live.conflict_free_off_duty",
};
const OWN: Readonly<Record<string, string>> = {
  unknown: "live.status_unknown",
  free: "live.status_free",
  unavailable: "live.status_unavailable",
};

function OneUnit({ unit, at_ms }: { unit: Unit; at_ms: number }) {
  const {
    status,
    since_ms: since,
    position_ms: told,
    conflicts,
    outside_region: outside,
    on_duty,
  } = unit.properties;
  const stale = staleFor(unit, at_ms);
  const side_m = roundedTo(unit);
  const own = OWN[status];
  return (
    <li>
      <UnitMark doing={doing(unit)} stale={stale !== undefined} />
      <span>
        <b>{unit.id}</b> {own ? t(own) : t(`playback.status_${status}`)}
        <small>
          {[
            since === null ? "" : t("live.since", { time: clock(since) }),
            told === null ? "" : t("live.place_age", { age: age(numbers.value, (at_ms - told) / 1000) }),
            stale === undefined ? "" : t("live.stale", { age: age(numbers.value, stale) }),
            side_m === undefined ? "" : saidRounded(side_m),
            outside ? t("live.outside") : "",
            on_duty ? "" : t("live.not_on_roster"),
            ...conflicts.map((one) => (CONFLICTS[one] ? t(CONFLICTS[one]) : one)),
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
    </li>
  );
}

const Count = ({ free, atWork }: { free: number; atWork: number }) => (
  <span class={free === 0 && atWork > 0 ? "free-count none" : "free-count"}>
    {t("live.free_of", { free, all: atWork })}
  </span>
);

function Station({ row, at_ms }: { row: StationRow; at_ms: number }) {
  return (
    <li>
      <details>
        <summary>
          <span>{row.name}</span>
          <Count {...row} />
        </summary>
        <ul>
          {row.units.map((unit) => (
            <OneUnit key={unit.id} unit={unit} at_ms={at_ms} />
          ))}
        </ul>
      </details>
    </li>
  );
}

export function FreeUnits({ centres, at_ms }: { centres: readonly CentreRow[]; at_ms: number }) {
  return (
    <section class="free-units" aria-labelledby="free-head">
      <h2 id="free-head">{t("live.free_units")}</h2>
      {centres.map((centre) => (
        <div key={centre.id}>
          <h3>
            <span>{centre.name}</span>
            <Count {...centre} />
          </h3>
          <ul>
            {centre.stations.map((row) => (
              <Station key={row.id} row={row} at_ms={at_ms} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

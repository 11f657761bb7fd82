// Open incidents, the oldest acute first: since when, who goes, when they arrive, and what is advised.
import { numbers, t } from "../../state/language.ts";
import { shown } from "../../state/remote.ts";
import type { Arrival, Incident, Unit } from "../api/types.ts";
import { SendingAdvice } from "../Advice/SendingAdvice.tsx";
import { askAgain, sendAdvice, writeDown } from "../state/advice.ts";
import { ground, map, groundRemote } from "../state/ground.ts";
import { openIncidents, picture, selected, waits } from "../state/picture.ts";
import { arrivals } from "../state/readiness.ts";
import { makePlaces, type Placed } from "../place.ts";
import { age, clock } from "../times.ts";
import { doing } from "../units.ts";
import { UnitMark, UrgencyMark } from "../Mark/Mark.tsx";
import { computed } from "@preact/signals";
import "./IncidentList.css";

const places = computed<Placed>(() => (map.value ? makePlaces(map.value) : () => undefined));

const URGENCY: Readonly<Record<string, string>> = {
  A: "playback.urgency_A",
  H: "playback.urgency_H",
  V: "playback.urgency_V",
};
const CONFLICTS: Readonly<Record<string, string>> = {
  unopened: "live.conflict_unopened",
  closed_with_units: "live.conflict_closed_with_units",
};

/** A unit that was sent: what it does, and when it is expected. */
export function Sent({ unit, arrival, at_ms }: { unit: Unit; arrival: Arrival | undefined; at_ms: number }) {
  const { status, status_stale, since_ms: since, position_ms: told } = unit.properties;
  const known = [
    since === null ? "" : t("live.since", { time: clock(since) }),
    told === null ? "" : t("live.place_age", { age: age(numbers.value, (at_ms - told) / 1000) }),
  ].filter(Boolean);
  return (
    <li>
      <UnitMark doing={doing(unit)} stale={status_stale} />
      <span>
        <b>{unit.id}</b> {t(`playback.status_${status}`)}
        {known.length > 0 && <small> {known.join(" · ")}</small>}
        {arrival && (
          <span class="incident-arrival">
            {t("live.arrives", {
              time: clock(arrival.at_ms),
              wait: age(numbers.value, (arrival.at_ms - at_ms + 30_000) / 1000),
            })}
          </span>
        )}
      </span>
    </li>
  );
}

interface CardProps {
  readonly incident: Incident;
  readonly units: readonly Unit[];
  readonly arrivals: readonly Arrival[];
  readonly place: string | undefined;
  readonly at_ms: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

export function IncidentHead({
  incident,
  units,
  arrivals: expected,
  place,
  at_ms,
  isSelected,
  onSelect,
}: CardProps) {
  const { urgency, opened_ms: opened, conflicts } = incident.properties;
  const word = URGENCY[urgency ?? ""];
  return (
    <>
      <button class="incident-head" aria-pressed={isSelected} onClick={onSelect}>
        <UrgencyMark urgency={urgency} />
        <span class="incident-what">
          <b>{word ? t(word) : t("live.urgency_unknown")}</b>{" "}
          <span>{place ?? t(incident.geometry ? "live.outside" : "live.no_place")}</span>
          <small>{incident.id}</small>
        </span>
        <span class="incident-since">
          <b>{opened === null ? "–" : age(numbers.value, (at_ms - opened) / 1000)}</b>
          <small>{t("live.since_call")}</small>
        </span>
      </button>
      {conflicts.map((one) => (
        <p key={one} class="conflict">
          {CONFLICTS[one] ? t(CONFLICTS[one]) : one}
        </p>
      ))}
      {units.length > 0 ? (
        <ul class="incident-units">
          {units.map((unit) => (
            <Sent
              key={unit.id}
              unit={unit}
              arrival={expected.find((one) => one.unit === unit.id)}
              at_ms={at_ms}
            />
          ))}
        </ul>
      ) : (
        <p class="incident-nobody">{t("live.nobody_sent")}</p>
      )}
    </>
  );
}

function Card({ incident }: { incident: Incident }) {
  const now = picture.value;
  if (!now) return null;
  const [lon, lat] = incident.geometry?.coordinates ?? [];
  const isPlaced = lon !== undefined && lat !== undefined && !incident.properties.outside_region;
  const given = waits(incident) ? sendAdvice(incident.id) : undefined;
  const centres = ground.value?.centres ?? [];
  return (
    <li class={selected.value === incident.id ? "incident selected" : "incident"}>
      <IncidentHead
        incident={incident}
        units={incident.properties.units.flatMap((id) => now.units.get(id) ?? [])}
        arrivals={arrivals.value}
        place={isPlaced ? places.value(lon, lat) : undefined}
        at_ms={now.at_ms}
        isSelected={selected.value === incident.id}
        onSelect={() => (selected.value = selected.peek() === incident.id ? undefined : incident.id)}
      />
      {given && (
        <SendingAdvice
          key={given.id}
          given={given}
          centreName={(id) => centres.find((one) => one.id === id)?.name ?? id ?? ""}
          free={[...now.units.values()].filter(({ properties }) => properties.free).map(({ id }) => id)}
          onDone={(done) => void writeDown(given, done)}
          onAgain={() => askAgain(incident.id)}
        />
      )}
    </li>
  );
}

export function IncidentList() {
  const open = openIncidents.value;
  return (
    <section class="incidents" aria-labelledby="incidents-head">
      <h2 id="incidents-head">
        {t("live.incidents")} <span class="quiet">{open.length}</span>
      </h2>
      {open.length === 0 && (
        <p class="quiet">
          {shown(groundRemote.value) && picture.value ? t("live.no_incidents") : t("live.connecting")}
        </p>
      )}
      <ol>
        {open.map((one) => (
          <Card key={one.id} incident={one} />
        ))}
      </ol>
    </section>
  );
}

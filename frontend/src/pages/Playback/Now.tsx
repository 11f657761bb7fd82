// The moment in words: how many are ready, who waits, what goes on, and what the unit that is followed does.
import { computed } from "@preact/signals";
import { Icon } from "../../components/Icon/Icon.tsx";
import { MINUTES } from "../../numbers/forms.ts";
import { doing, URGENCY_COLOURS } from "../../playback/draw.ts";
import { incidentsAt, unitsAt, type IncidentNow } from "../../playback/moment.ts";
import { followed, playback, tick } from "../../playback/player.ts";
import type { Urgency } from "../../playback/file.ts";
import { numbers, t } from "../../state/language.ts";

const SECONDS_A_TICK = 0.1;

/** Told once for every half minute: words need not follow every frame. */
const halfMinute = computed(() => Math.floor(tick.value / 300) * 300);
const units = computed(() => (playback.value ? unitsAt(playback.value, halfMinute.value) : []));
const incidents = computed(() => (playback.value ? incidentsAt(playback.value, halfMinute.value) : []));

export function UrgencyMark({ urgency }: { urgency: Urgency }) {
  return (
    <svg
      class="urgency"
      width="20"
      height="20"
      viewBox="-10 -10 20 20"
      role="img"
      aria-label={t(`playback.urgency_${urgency}`)}
    >
      {urgency === "A" && <path d="M0-10 10 0 0 10-10 0Z" fill={URGENCY_COLOURS.A} />}
      {urgency === "H" && <rect x="-8" y="-8" width="16" height="16" fill={URGENCY_COLOURS.H} />}
      {urgency === "V" && <circle r="8.5" fill={URGENCY_COLOURS.V} />}
      <text y="4" text-anchor="middle" class={urgency === "A" ? "on-dark" : "on-light"}>
        {urgency}
      </text>
    </svg>
  );
}

function Line({ now }: { now: IncidentNow }) {
  const { incident, waiting } = now;
  const since = numbers.value.text((halfMinute.value - incident.call) * SECONDS_A_TICK, MINUTES);
  const waits = waiting === undefined ? "" : numbers.value.text(waiting * SECONDS_A_TICK, MINUTES);
  const first = units.value.find((one) => one.incident === incident.row);
  return (
    <li>
      <UrgencyMark urgency={incident.urgency} />
      <span>
        {waiting === undefined ? t("playback.since", { since }) : t("playback.waits", { waits })}
        {first && (
          <button class="playback-unit" onClick={() => (followed.value = first.row)}>
            {first.unit.id}
          </button>
        )}
      </span>
    </li>
  );
}

function Counts() {
  const count = { ready: 0, busy: 0, away: 0 };
  for (const one of units.value) count[doing(one.status)] += 1;
  return (
    <ul class="playback-counts">
      {(["ready", "busy", "away"] as const).map((what) => (
        <li key={what}>
          <span class={`swatch ${what}`} />
          <strong>{count[what]}</strong> {t(`playback.${what}`)}
        </li>
      ))}
    </ul>
  );
}

function Followed() {
  const all = playback.value?.units ?? [];
  const now = units.value.find((one) => one.row === followed.value);
  return (
    <div class="playback-followed">
      <label>
        <span class="quiet">{t("playback.follow")}</span>
        <select
          class="field"
          value={followed.value ?? ""}
          onChange={(event) =>
            (followed.value =
              event.currentTarget.value === "" ? undefined : Number(event.currentTarget.value))
          }
        >
          <option value="">{t("playback.nobody")}</option>
          {all.map((unit, row) => (
            <option key={unit.id} value={row}>
              {unit.station} · {unit.id}
            </option>
          ))}
        </select>
      </label>
      {followed.value !== undefined && (
        <p aria-live="polite">
          <Icon name="follow" /> {t(`playback.status_${now?.status ?? "off_duty"}`)}
        </p>
      )}
    </div>
  );
}

export function Now() {
  if (!playback.value) return null;
  const waiting = incidents.value.filter((one) => one.waiting !== undefined);
  const going = incidents.value.filter((one) => one.waiting === undefined);
  return (
    <>
      <Counts />
      <Followed />
      <h2>{t("playback.queue", { count: waiting.length })}</h2>
      {waiting.length === 0 && <p class="quiet">{t("playback.no_queue")}</p>}
      <ul class="playback-incidents">
        {waiting.map((one) => (
          <Line key={one.incident.row} now={one} />
        ))}
      </ul>
      <h2>{t("playback.going", { count: going.length })}</h2>
      <ul class="playback-incidents">
        {going.map((one) => (
          <Line key={one.incident.row} now={one} />
        ))}
      </ul>
      <p class="quiet playback-source">
        {t("playback.source", { fingerprint: playback.value.fingerprint.slice(0, 12) })}
      </p>
    </>
  );
}

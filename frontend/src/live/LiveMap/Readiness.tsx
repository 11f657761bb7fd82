// What areas can expect, now and later: the choice of the moment, each with its share, and what the colours mean.
import { INCIDENTS, PERCENT, WHOLE_MINUTES } from "../../numbers/forms.ts";
import { numbers, t } from "../../state/language.ts";
import type { Horizon, Urgency } from "../api/types.ts";
import { DOINGS } from "../units.ts";
import { UnitMark, UrgencyMark } from "../Mark/Mark.tsx";
import { coverInks, STEPS } from "./cover.ts";
import "./Readiness.css";

interface Props {
  readonly horizons: readonly Horizon[];
  /** Why there is nothing, in words. */
  readonly missing: string | undefined;
  readonly minutes: number;
  readonly urgency: Urgency;
  readonly dark: boolean;
  /** Whether of some unit the place is told to a square only. */
  readonly rounded: boolean;
  readonly onMinutes: (minutes: number) => void;
  readonly onUrgency: (urgency: Urgency) => void;
}

/** Incidents are expected by the study's rates, not by a forecast. */
const STUDY = "study";
const MOMENTS = [0, 30, 60];
const URGENCIES: readonly (readonly [Urgency, string])[] = [
  ["A", "playback.urgency_A"],
  ["H", "playback.urgency_H"],
];

export function Readiness({
  horizons,
  missing,
  minutes,
  urgency,
  dark,
  rounded,
  onMinutes,
  onUrgency,
}: Props) {
  const figures = numbers.value;
  const chosen = horizons.find((one) => one.minutes === minutes);
  const inks = coverInks(dark);
  return (
    <section class="readiness" aria-label={t("live.readiness")}>
      <div class="readiness-choices">
        <div class="segments" role="group" aria-label={t("live.moment")}>
          {MOMENTS.map((one) => (
            <button key={one} aria-pressed={one === minutes} onClick={() => onMinutes(one)}>
              <span>
                {one === 0 ? t("live.now") : t("live.in", { time: figures.text(one * 60, WHOLE_MINUTES) })}
              </span>
              <b>{figures.text(horizons.find((it) => it.minutes === one)?.people_share, PERCENT)}</b>
            </button>
          ))}
        </div>
        <div class="segments" role="group" aria-label={t("live.urgency")}>
          {URGENCIES.map(([one, word]) => (
            <button key={one} aria-pressed={one === urgency} onClick={() => onUrgency(one)}>
              {t(word)}
            </button>
          ))}
        </div>
      </div>
      <p>
        {missing ??
          t("live.readiness_said", {
            people: figures.text(chosen?.people_share, PERCENT),
            chance: figures.text(chosen?.chance, PERCENT),
          })}
      </p>
      {chosen && !missing && (
        <p class="quiet">
          {t(chosen.expected_by === STUDY ? "live.expected_calls_study" : "live.expected_calls_forecast", {
            calls: figures.text(chosen.calls_per_hour, INCIDENTS),
          })}
        </p>
      )}
      <ul class="readiness-legend" aria-label={t("live.legend_cover")}>
        {STEPS.map((one, index) => (
          <li key={one}>
            <span class="swatch" style={{ background: inks[index] ?? "" }} />
            {t(`live.cover_${one}`)}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t("live.signs")}</summary>
        <ul class="readiness-legend">
          {DOINGS.map((one) => (
            <li key={one}>
              <UnitMark doing={one} />
              {t(`live.doing_${one}`)}
            </li>
          ))}
          <li>
            <UnitMark doing="free" stale />
            {t("live.sign_stale")}
          </li>
          {rounded && (
            <li>
              <UnitMark doing="free" stale />
              {t("live.sign_rounded")}
            </li>
          )}
          {(["A", "H", "V"] as const).map((one) => (
            <li key={one}>
              <UrgencyMark urgency={one} />
              {t("live.sign_incident", { urgency: t(`playback.urgency_${one}`) })}
            </li>
          ))}
          <li>
            <span class="sign-station">2</span>
            {t("live.sign_station")}
          </li>
        </ul>
      </details>
    </section>
  );
}

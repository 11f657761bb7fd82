// Home visits by the units of a station while they stand by: how many, how long, to whom.
import { useState } from "preact/hooks";
import type { ServiceStation } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import { studyMap } from "../../state/study.ts";
import { dropVisits, kindsAt, planVisits, USUAL, visitsOf, type Visits } from "../visits.ts";

const FIELDS = [
  ["perDay", "map.visits_per_day", 0.5, 100],
  ["minutes", "map.visits_minutes", 1, 600],
  ["fromAge", "map.visits_from_age", 0, 90],
] as const;

export function VisitsForm({ station }: { station: ServiceStation }) {
  const [asked, setAsked] = useState<Visits>(USUAL);
  const map = studyMap.value;
  if (!map || kindsAt(station.id).length === 0) return null;
  return (
    <details class="station-visits">
      <summary>{t("map.visits")}</summary>
      <form
        aria-label={t("map.visits")}
        onSubmit={(event) => {
          event.preventDefault();
          planVisits(map, station, asked);
        }}
      >
        <p class="quiet">{t("map.visits_help")}</p>
        {FIELDS.map(([key, label, least, most]) => (
          <label key={key} class="station-field">
            {t(label)}
            <input
              class="field"
              type="number"
              min={least}
              max={most}
              step={least < 1 && least > 0 ? "any" : 1}
              required
              value={asked[key]}
              onInput={(event) => setAsked({ ...asked, [key]: event.currentTarget.valueAsNumber })}
            />
          </label>
        ))}
        <div class="station-buttons">
          <button class="button">{t("map.visits_plan")}</button>
          {visitsOf(station.id) && (
            <button type="button" class="button" onClick={() => dropVisits(station)}>
              {t("map.visits_drop")}
            </button>
          )}
        </div>
      </form>
    </details>
  );
}

// A standby point opened: who waits there, where it stands – to be typed or chosen by name –, and closing it.
import { Icon } from "../../components/Icon/Icon.tsx";
import { MINUTES } from "../../numbers/forms.ts";
import { numbers, t } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { study } from "../../state/study.ts";
import { closeStandby, putPlace } from "../editing.ts";
import { nameIn } from "../facts.ts";
import { Coordinates, PlaceChoice } from "../StationCard/StationCard.tsx";
import { showStandby, standby as open } from "../view.ts";
import "../StationCard/StationCard.css";

export function StandbyCard() {
  const point = open.value;
  if (!point) return null;
  const movable = { ...point, kind: "standby" as const };
  const facts = [
    ["map.fact_centre", nameIn(study.value?.centres, point.centre)],
    ["map.fact_homes", point.home_stations.map((id) => nameIn(service.value?.stations, id)).join(", ")],
    ["map.fact_farthest", numbers.value.text(point.max_drive_min * 60, MINUTES)],
  ] as const;
  return (
    <section class="station-card" aria-label={t("map.standby", { name: point.name })}>
      <header>
        <h2>{point.name}</h2>
        <button class="button plain icon" aria-label={t("shell.close")} onClick={() => showStandby(null)}>
          <Icon name="close" />
        </button>
      </header>
      <p class="quiet">{t("map.standby_point")}</p>
      {point.change !== "same" && <p class="station-change">{t(`map.change_${point.change}`)}</p>}
      <dl>
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {point.change !== "gone" && (
        <>
          <Coordinates spot={point} onChange={(spot) => putPlace(movable, spot)} />
          <PlaceChoice onChoose={(spot) => putPlace(movable, spot)} />
          <div class="station-buttons">
            <button class="button" onClick={() => closeStandby(point)}>
              {t("map.close_standby")}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

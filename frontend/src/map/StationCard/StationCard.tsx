// A station opened: whose it is, its units, where it stands – to be typed or chosen by name –, and closing it.
import { useId } from "preact/hooks";
import { Icon } from "../../components/Icon/Icon.tsx";
import type { ServiceStation, StudyMap } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { study, studyMap } from "../../state/study.ts";
import { closeStation, putPlace } from "../editing.ts";
import type { Spot } from "../engine.ts";
import { nameIn } from "../facts.ts";
import { squareMiddle } from "../geometry.ts";
import { showLayer, showStation, station as open, layer } from "../view.ts";
import { VisitsForm } from "./VisitsForm.tsx";
import "./StationCard.css";

/** Where most people of a municipality or district live: its square with most people. */
export function middleOfPlace(
  map: StudyMap,
  kind: "municipality" | "district",
  id: string,
): Spot | undefined {
  const inside = map.areas.features.filter(({ properties }) => properties[kind] === id);
  const first = inside[0];
  if (!first) return undefined;
  const most = inside.reduce(
    (one, other) => (other.properties.people > one.properties.people ? other : one),
    first,
  );
  const [lon, lat] = squareMiddle(most.geometry);
  return { lon, lat };
}

/** Places by name: "municipality/asker", "district/royken". */
export function PlaceChoice({ onChoose }: { onChoose: (spot: Spot) => void }) {
  const id = useId();
  const choose = (value: string) => {
    const [kind, name] = value.split("/");
    const map = studyMap.value;
    if (!map || !name || (kind !== "municipality" && kind !== "district")) return;
    const spot = middleOfPlace(map, kind, name);
    if (spot) onChoose(spot);
  };
  return (
    <div class="station-field">
      <label for={id}>{t("map.place_by_name")}</label>
      <select
        id={id}
        class="field"
        value=""
        onChange={(event) => {
          choose(event.currentTarget.value);
          event.currentTarget.value = "";
        }}
      >
        <option value="">{t("map.choose_place")}</option>
        <optgroup label={t("map.municipalities")}>
          {study.value?.municipalities.map((one) => (
            <option key={one.id} value={`municipality/${one.id}`}>
              {one.name}
            </option>
          ))}
        </optgroup>
        <optgroup label={t("map.districts")}>
          {study.value?.districts.map((one) => (
            <option key={one.id} value={`district/${one.id}`}>
              {one.name}
            </option>
          ))}
        </optgroup>
      </select>
    </div>
  );
}

export function Coordinates({ spot, onChange }: { spot: Spot; onChange: (spot: Spot) => void }) {
  const region = study.value?.region;
  const field = (name: "lat" | "lon", least: number, most: number) => (
    <label class="station-field">
      {t(`map.${name}`)}
      <input
        class="field"
        type="number"
        step="any"
        min={least}
        max={most}
        value={spot[name].toFixed(5)}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          if (Number.isFinite(value) && event.currentTarget.checkValidity())
            onChange({ ...spot, [name]: value });
          else event.currentTarget.reportValidity();
        }}
      />
    </label>
  );
  if (!region) return null;
  return (
    <div class="station-coordinates">
      {field("lat", region.south, region.north)}
      {field("lon", region.west, region.east)}
    </div>
  );
}

function Units({ station }: { station: ServiceStation }) {
  const units = service.value?.units.filter((unit) => unit.station === station.id) ?? [];
  const grouped = new Map<string, number>();
  for (const { roster_text, change } of units)
    if (change !== "gone") grouped.set(roster_text, (grouped.get(roster_text) ?? 0) + 1);
  return (
    <ul class="station-units">
      {[...grouped].map(([roster, count]) => (
        <li key={roster}>{t("map.units_of_roster", { count, roster })}</li>
      ))}
    </ul>
  );
}

export function StationCard() {
  const station = open.value;
  if (!station) return null;
  return (
    <section class="station-card" aria-label={station.name}>
      <header>
        <h2>{station.name}</h2>
        <button class="button plain icon" aria-label={t("shell.close")} onClick={() => showStation(null)}>
          <Icon name="close" />
        </button>
      </header>
      {station.change !== "same" && <p class="station-change">{t(`map.change_${station.change}`)}</p>}
      <dl>
        <div>
          <dt>{t("map.fact_organisation")}</dt>
          <dd>{nameIn(study.value?.organisations, station.organisation)}</dd>
        </div>
        <div>
          <dt>{t("map.fact_centre")}</dt>
          <dd>{nameIn(study.value?.centres, station.centre)}</dd>
        </div>
      </dl>
      <Units station={station} />
      {station.change !== "gone" && (
        <>
          <Coordinates spot={station} onChange={(spot) => putPlace({ ...station, kind: "station" }, spot)} />
          <PlaceChoice onChoose={(spot) => putPlace({ ...station, kind: "station" }, spot)} />
          <div class="station-buttons">
            <button
              class="button"
              aria-pressed={layer.value === "reach"}
              onClick={() => showLayer(layer.value === "reach" ? "response" : "reach")}
            >
              {t("map.show_reach")}
            </button>
            <button class="button" onClick={() => closeStation(station)}>
              {t("map.close_station")}
            </button>
          </div>
          <VisitsForm key={station.id} station={station} />
        </>
      )}
    </section>
  );
}

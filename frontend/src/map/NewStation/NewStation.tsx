// A station, a helicopter base, a hospital or an out-of-hours service where there is none: clicked on the map, typed, or chosen by
// name; a station with a car, for without one it answers nobody.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/Icon/Icon.tsx";
import { say, t } from "../../state/language.ts";
import { rosters } from "../../state/rosters.ts";
import { service } from "../../state/service.ts";
import { study, studyMap } from "../../state/study.ts";
import { areaNear, openBase, openHospital, openStation } from "../editing.ts";
import type { Spot } from "../engine.ts";
import { useEngine } from "../MapView/MapView.tsx";
import { askReach } from "../reach.ts";
import { Ghost } from "../Stations/StationMark.tsx";
import { Coordinates, PlaceChoice } from "../StationCard/StationCard.tsx";
import { placing, said, showHospital, showStation } from "../view.ts";

const WHAT = ["station", "base", "hospital", "out_of_hours"] as const;
type What = (typeof WHAT)[number];

export function NewStation({
  spot,
  onSpot,
}: {
  spot: Spot | undefined;
  onSpot: (spot: Spot | undefined) => void;
}) {
  const engine = useEngine();
  const name = useRef<HTMLInputElement>(null);
  const [what, setWhat] = useState<What>("station");
  const [kind, setKind] = useState("");
  const [roster, setRoster] = useState("");
  const open = study.value;
  const map = studyMap.value;
  useEffect(() => name.current?.focus(), []);
  useEffect(() => {
    if (spot && open) askReach(open.id, spot);
  }, [spot]);
  if (!open || !map) return null;
  const here = spot ?? engine.spot(middle(engine.map.getContainer()));
  const kinds = open.unit_kinds;
  const make = () => {
    const typed = name.current?.value.trim() ?? "";
    if (!typed) {
      name.current?.focus();
      return;
    }
    const area = areaNear(map, here);
    const properties = map.areas.features[area]?.properties;
    const unitKind = kind || kinds[0]?.id;
    const unitRoster = roster || rosters.value[0]?.id;
    const organisation = service.value?.areas_organisation[area] ?? properties?.organisation ?? "";
    const centre = service.value?.areas_centre[area] ?? properties?.centre ?? "";
    const common = { ...here, name: typed, organisation };
    const ids = (rows: readonly { readonly id: string }[] | undefined) => rows?.map((one) => one.id) ?? [];
    const now = service.value;
    const [stations, units] = [ids(now?.stations), ids(now?.units)];
    const unit =
      kind !== "none" && unitKind && unitRoster ? { kind: unitKind, roster: unitRoster } : undefined;
    if (what === "hospital" || what === "out_of_hours")
      showHospital(openHospital({ ...common, emergency: what === "hospital" }, ids(now?.hospitals)));
    else if (what === "base")
      showStation(
        openBase({ ...common, centre, roster: unitRoster ?? "" }, stations, units, ids(now?.unit_kinds)),
      );
    else showStation(openStation({ ...common, centre, unit }, stations, units));
    placing.value = false;
    onSpot(undefined);
    said.value = t("map.said_opened", { station: typed });
  };
  const leave = () => {
    placing.value = false;
    onSpot(undefined);
  };
  return (
    <>
      <Ghost spot={here} />
      <form
        class="new-station"
        aria-label={t("map.new_station")}
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
        onKeyDown={(event) => event.key === "Escape" && leave()}
      >
        <header>
          <h2>{t("map.new_station")}</h2>
          <button type="button" class="button plain icon" aria-label={t("shell.close")} onClick={leave}>
            <Icon name="close" />
          </button>
        </header>
        <p class="quiet">{t("map.new_station_help")}</p>
        <label class="station-field">
          {t("map.what")}
          <select
            class="field"
            value={what}
            onChange={(event) => setWhat(WHAT.find((one) => one === event.currentTarget.value) ?? "station")}
          >
            {WHAT.map((one) => (
              <option key={one} value={one}>
                {t(`map.what_${one}`)}
              </option>
            ))}
          </select>
        </label>
        {what === "base" && <p class="quiet">{t("map.base_help")}</p>}
        <label class="station-field">
          {t("map.name")}
          <input ref={name} class="field" required maxLength={60} />
        </label>
        <Coordinates spot={here} onChange={onSpot} />
        <PlaceChoice onChoose={onSpot} />
        {what === "station" && (
          <label class="station-field">
            {t("map.unit")}
            <select
              class="field"
              value={kind || kinds[0]?.id}
              onChange={(event) => setKind(event.currentTarget.value)}
            >
              {kinds.map((one) => (
                <option key={one.id} value={one.id}>
                  {say(one.name)}
                </option>
              ))}
              <option value="none">{t("map.no_unit")}</option>
            </select>
          </label>
        )}
        {((what === "station" && kind !== "none") || what === "base") && (
          <label class="station-field">
            {t("map.roster")}
            <select
              class="field"
              value={roster || rosters.value[0]?.id}
              onChange={(event) => setRoster(event.currentTarget.value)}
            >
              {rosters.value.map((one) => (
                <option key={one.id} value={one.id}>
                  {say(one.text)}
                </option>
              ))}
            </select>
          </label>
        )}
        <div class="station-buttons">
          <button class="button primary">{t("map.open_here")}</button>
          <button type="button" class="button" onClick={leave}>
            {t("map.cancel")}
          </button>
        </div>
      </form>
    </>
  );
}

const middle = ({ clientWidth, clientHeight }: HTMLElement) => ({ x: clientWidth / 2, y: clientHeight / 2 });

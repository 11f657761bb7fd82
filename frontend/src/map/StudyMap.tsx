// The map of the screen: one map that is worked on, or up to four beside one another when alternatives are compared.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { narrow } from "../app/narrow.ts";
import { client } from "../api/client.ts";
import type { Service } from "../api/types.ts";
import { chosen, compared, type Alternative } from "../state/drafts.ts";
import { language, say, t } from "../state/language.ts";
import { picking } from "../state/picking.ts";
import { study } from "../state/study.ts";
import { BorderCard } from "./BorderCard/BorderCard.tsx";
import { Borders } from "./Borders/Borders.tsx";
import { Controls } from "./Controls/Controls.tsx";
import type { Camera, MapEngine, Spot } from "./engine.ts";
import { HospitalCard } from "./HospitalCard/HospitalCard.tsx";
import { Legend } from "./Legend/Legend.tsx";
import { MapView, useEngine, type After } from "./MapView/MapView.tsx";
import { NewStation } from "./NewStation/NewStation.tsx";
import { askReach, reachFailed } from "./reach.ts";
import { StandbyCard } from "./StandbyCard/StandbyCard.tsx";
import { StationCard } from "./StationCard/StationCard.tsx";
import { Stations } from "./Stations/Stations.tsx";
import { isMoving } from "./still/isMoving.ts";
import { PictureMaker } from "./PictureMaker.tsx";
import { Picked, Tip } from "./Told/Told.tsx";
import {
  border,
  carried,
  hospital,
  hovered,
  layer,
  picked,
  placing,
  said,
  showBorder,
  standby,
  station,
} from "./view.ts";
import { Walk } from "./Walk/Walk.tsx";
import "./StudyMap.css";

/** Pointer on the main map: what is under it, what is clicked. */
function Pointing({ onPlace }: { onPlace: (spot: Spot) => void }) {
  const engine = useEngine();
  const overBorder = useSignal(false);
  useEffect(() => {
    engine.onPoint("mousemove", ({ point }) => {
      const area = carried.peek() ? undefined : engine.areaAt(point);
      hovered.value = area === undefined ? undefined : { area, x: point.x, y: point.y };
      overBorder.value = engine.borderAt(point) !== undefined;
    });
    engine.onPoint("mouseout", () => (hovered.value = undefined));
    engine.onPoint("click", ({ point, lngLat }) => {
      const asked = picking.peek();
      if (asked) asked({ lon: lngLat.lng, lat: lngLat.lat });
      else if (placing.peek()) onPlace({ lon: lngLat.lng, lat: lngLat.lat });
      else {
        const between = engine.borderAt(point);
        if (between) showBorder(between);
        else picked.value = engine.areaAt(point);
      }
    });
  }, [engine]);
  useSignalEffect(() => {
    const pointing = overBorder.value ? "pointer" : "";
    engine.map.getCanvas().style.cursor = placing.value || picking.value ? "crosshair" : pointing;
  });
  return picking.value ? <p class="map-asking">{t("map.click_place")}</p> : null;
}

/** The still picture of the map goes when the moving one is drawn, or somebody moves it. */
function Beginning() {
  const engine = useEngine();
  useEffect(() => {
    const begin = () => (isMoving.value = true);
    engine.whenDrawnOrMoved(begin);
    return () => (isMoving.value = false);
  }, [engine]);
  return null;
}

/** While a station is open under the layer of reach, how far it gets is asked for. */
function useReachOfStation(): void {
  useSignalEffect(() => {
    const open = station.value;
    const id = study.value?.id;
    if (open && id !== undefined && layer.value === "reach" && !carried.value) askReach(id, open);
  });
}

function One() {
  const [spot, setSpot] = useState<Spot>();
  useReachOfStation();
  return (
    <MapView alternative={chosen.value?.id} floating={narrow.value ? "sheet" : "legend"}>
      <Beginning />
      <Walk />
      <Pointing onPlace={setSpot} />
      <Stations />
      {layer.value === "borders" && <Borders />}
      <Tip />
      <Legend />
      <Controls />
      <PictureMaker />
      {placing.value ? (
        <NewStation spot={spot} onSpot={setSpot} />
      ) : station.value ? (
        <StationCard />
      ) : standby.value ? (
        <StandbyCard />
      ) : hospital.value ? (
        <HospitalCard />
      ) : border.value ? (
        <BorderCard />
      ) : (
        <Picked />
      )}
      {reachFailed.value && <p class="map-warning">{t("map.reach_failed")}</p>}
      <p class="unseen" aria-live="polite">
        {said.value}
      </p>
    </MapView>
  );
}

/** The service under an alternative that is compared, asked for whenever its edits change. */
function useAfter(one: Alternative): After {
  const after = useSignal<Service | undefined>(undefined);
  const edits = JSON.stringify(one.edits);
  const id = study.value?.id;
  const lang = language.value;
  useEffect(() => {
    const asked = new AbortController();
    if (id !== undefined)
      client.service(id, one.edits, lang, asked.signal).then(
        (found) => (after.value = found),
        () => undefined, // the panel beside says what is wrong with its edits
      );
    return () => asked.abort();
  }, [id, edits, lang]);
  return after;
}

interface BesideProps {
  readonly one: Alternative;
  readonly withLegend: boolean;
  readonly onCamera: (camera: Camera, from: MapEngine) => void;
  readonly onEngine: (engine: MapEngine) => () => void;
}

function Small({ one, withLegend, onCamera, onEngine }: BesideProps) {
  const after = useAfter(one);
  return (
    <figure>
      <figcaption>{say(one.title) || t("map.untitled")}</figcaption>
      <MapView alternative={one.id} after={after} onCamera={onCamera} onEngine={onEngine}>
        <Stations fixed />
        {withLegend && <Legend />}
      </MapView>
    </figure>
  );
}

/** The same place on every map: whoever is moved takes the others along. */
function Beside() {
  const engines = useRef(new Set<MapEngine>());
  const follow = (camera: Camera, from: MapEngine) => {
    for (const other of engines.current) if (other !== from) other.see(camera);
  };
  return (
    <div class="maps" data-count={compared.value.length}>
      {narrow.value && (
        <div class="maps-legend">
          <Legend />
        </div>
      )}
      {compared.value.map((one, index) => (
        <Small
          key={one.id}
          one={one}
          withLegend={index === 0 && !narrow.value}
          onCamera={follow}
          onEngine={(engine) => {
            engines.current.add(engine);
            return () => engines.current.delete(engine);
          }}
        />
      ))}
    </div>
  );
}

export function StudyMap() {
  return compared.value.length > 1 ? <Beside /> : <One />;
}

// Everything that stands on the map: stations, their ghosts, standby points, hospitals.
import { useSignalEffect } from "@preact/signals";
import { useContext, useState } from "preact/hooks";
import type { Service, ServiceHospital, ServiceStandby, ServiceStation } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import type { Spot } from "../engine.ts";
import { AfterContext, useEngine } from "../MapView/MapView.tsx";
import { heldPlace, type Movable } from "../view.ts";
import { HospitalMark } from "./HospitalMark.tsx";
import { roomForNames } from "./roomForNames.ts";
import { StandbyMark } from "./StandbyMark.tsx";
import { Ghost, StationMark } from "./StationMark.tsx";
import "./Stations.css";

interface Ghostly {
  readonly key: string;
  readonly kind: Movable["kind"];
  readonly from: Spot;
  readonly to: Spot;
}

/** Where everything that was moved, or is on its way, stood before. */
function ghostsOf(now: Service | undefined): readonly Ghostly[] {
  const of = (kind: Movable["kind"], rows: readonly (ServiceStation | ServiceStandby | ServiceHospital)[]) =>
    rows.flatMap((row) => {
      const held = heldPlace({ kind, id: row.id });
      const { base_lat: lat, base_lon: lon } = row;
      const from = typeof lat === "number" && typeof lon === "number" ? { lat, lon } : row;
      return held || row.change === "moved"
        ? [{ key: `${kind} ${row.id}`, kind, from, to: held ?? row }]
        : [];
    });
  return [
    ...of("station", now?.stations ?? []),
    ...of("standby", now?.standby_points ?? []),
    ...of("hospital", now?.hospitals ?? []),
  ];
}

export function Stations({ fixed = false }: { fixed?: boolean }) {
  const engine = useEngine();
  const after = useContext(AfterContext);
  const [labelled, setLabelled] = useState<ReadonlyMap<string, "right" | "left">>(new Map());
  const stations = after.value?.stations ?? [];
  const ghosts = ghostsOf(after.value);
  useSignalEffect(() => {
    const now = engine.moved.value >= 0 ? (after.value?.stations ?? []) : [];
    const spots = new Map(now.map((one) => [one.id, engine.pixel(one)]));
    const shown = roomForNames(now, (id) => spots.get(id) ?? { x: 0, y: 0 });
    setLabelled((before) =>
      before.size === shown.size && [...shown].every(([id, side]) => before.get(id) === side)
        ? before
        : shown,
    );
  });
  useSignalEffect(() => {
    if (engine.ready.value === 0) return;
    engine.lay("moves", {
      type: "FeatureCollection",
      features: ghostsOf(after.value).map(({ from, to }) => ({
        type: "Feature",
        properties: {},
        geometry: {
          type: "LineString",
          coordinates: [
            [from.lon, from.lat],
            [to.lon, to.lat],
          ],
        },
      })),
    });
  });
  return (
    <div class="places">
      <p id="station-help" class="unseen">
        {t("map.station_help")}
      </p>
      {(after.value?.hospitals ?? []).map((one) => (
        <HospitalMark key={one.id} hospital={one} fixed={fixed} />
      ))}
      {(after.value?.standby_points ?? []).map((one) => (
        <StandbyMark key={one.id} point={one} fixed={fixed} />
      ))}
      {ghosts.map(({ key, kind, from }) => (
        <Ghost key={key} spot={from} small={kind !== "station"} />
      ))}
      {stations.map((one) => (
        <StationMark key={one.id} station={one} label={labelled.get(one.id)} fixed={fixed} />
      ))}
    </div>
  );
}

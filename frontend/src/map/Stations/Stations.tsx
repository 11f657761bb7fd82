// Everything that stands on the map: stations, their ghosts, standby points, hospitals.
import { useSignalEffect } from "@preact/signals";
import { useState } from "preact/hooks";
import type { ServiceStation } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { study } from "../../state/study.ts";
import type { Pixel, Spot } from "../engine.ts";
import { useEngine } from "../MapView/MapView.tsx";
import { carried } from "../view.ts";
import { Ghost, StationMark } from "./StationMark.tsx";
import { useScreenPlace } from "./useScreenPlace.ts";
import "./Stations.css";

function Point({ spot, kind, label }: { spot: Spot; kind: "hospital" | "standby" | "standby gone"; label: string }) {
  const element = useScreenPlace<HTMLSpanElement>(spot);
  return (
    <span ref={element} class={`point ${kind}`} role="img" aria-label={label} title={label}>
      <span>{kind === "hospital" ? "H" : ""}</span>
    </span>
  );
}

/** Which names have room: greedily, stations with most units first. */
export function roomForNames(
  stations: readonly { id: string; name: string; units: number }[],
  pixel: (id: string) => Pixel,
): ReadonlySet<string> {
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  const shown = new Set<string>();
  for (const one of [...stations].sort((a, b) => b.units - a.units)) {
    const { x, y } = pixel(one.id);
    const box = { left: x + 10, right: x + 22 + one.name.length * 7, top: y - 10, bottom: y + 10 };
    const free = taken.every(
      (other) =>
        box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top,
    );
    if (!free) continue;
    taken.push(box, { left: x - 12, right: x + 12, top: y - 12, bottom: y + 12 });
    shown.add(one.id);
  }
  return shown;
}

function ghostsOf(stations: readonly ServiceStation[]): { id: string; from: Spot; to: Spot }[] {
  return stations.flatMap((station) => {
    const held = carried.value?.station === station.id ? carried.value : undefined;
    const { base_lat: lat, base_lon: lon, change } = station;
    const from = typeof lat === "number" && typeof lon === "number" ? { lat, lon } : station;
    return held || change === "moved" ? [{ id: station.id, from, to: held ?? station }] : [];
  });
}

export function Stations({ fixed = false }: { fixed?: boolean }) {
  const engine = useEngine();
  const [labelled, setLabelled] = useState<ReadonlySet<string>>(new Set());
  const stations = service.value?.stations ?? [];
  const ghosts = ghostsOf(stations);
  useSignalEffect(() => {
    void engine.moved.value;
    const now = service.value?.stations ?? [];
    const spots = new Map(now.map((one) => [one.id, engine.pixel(one)]));
    const shown = roomForNames(now, (id) => spots.get(id) ?? { x: 0, y: 0 });
    setLabelled((before) => (before.size === shown.size && [...shown].every((id) => before.has(id)) ? before : shown));
  });
  useSignalEffect(() => {
    if (engine.ready.value === 0) return;
    engine.lay("moves", {
      type: "FeatureCollection",
      features: ghostsOf(service.value?.stations ?? []).map(({ from, to }) => ({
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
      {(study.value?.hospitals ?? []).map((one) => (
        <Point key={one.id} spot={one} kind="hospital" label={t("map.hospital", { name: one.name })} />
      ))}
      {(service.value?.standby_points ?? []).map((one) => (
        <Point
          key={one.id}
          spot={one}
          kind={one.change === "gone" ? "standby gone" : "standby"}
          label={t("map.standby", { name: one.name })}
        />
      ))}
      {ghosts.map(({ id, from }) => (
        <Ghost key={id} spot={from} />
      ))}
      {stations.map((one) => (
        <StationMark key={one.id} station={one} labelled={labelled.has(one.id)} fixed={fixed} />
      ))}
    </div>
  );
}

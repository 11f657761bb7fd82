// Everything that stands on the map: stations, their ghosts, standby points, hospitals.
import { useSignalEffect } from "@preact/signals";
import { useContext, useState } from "preact/hooks";
import type { ServiceStation } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import { study } from "../../state/study.ts";
import type { Pixel, Spot } from "../engine.ts";
import { AfterContext, useEngine } from "../MapView/MapView.tsx";
import { carried } from "../view.ts";
import { Ghost, StationMark } from "./StationMark.tsx";
import { useScreenPlace } from "./useScreenPlace.ts";
import "./Stations.css";

function Point({
  spot,
  kind,
  label,
}: {
  spot: Spot;
  kind: "hospital" | "standby" | "standby gone";
  label: string;
}) {
  const element = useScreenPlace<HTMLSpanElement>(spot);
  return (
    <span ref={element} class={`point ${kind}`} role="img" aria-label={label} title={label}>
      <span>{kind === "hospital" ? "H" : ""}</span>
    </span>
  );
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const apart = (one: Box, other: Box) =>
  one.left > other.right || one.right < other.left || one.top > other.bottom || one.bottom < other.top;

/** Which names have room, and on which side: greedily, stations with most units first. */
export function roomForNames(
  stations: readonly { id: string; name: string; units: number }[],
  pixel: (id: string) => Pixel,
): ReadonlyMap<string, "right" | "left"> {
  const around = ({ x, y }: Pixel): Box => ({ left: x - 13, right: x + 13, top: y - 13, bottom: y + 13 });
  const taken = new Map<string, Box>(stations.map(({ id }) => [id, around(pixel(id))]));
  const shown = new Map<string, "right" | "left">();
  for (const { id, name } of [...stations].sort((a, b) => b.units - a.units)) {
    const { x, y } = pixel(id);
    const width = 12 + name.length * 7;
    const boxes = {
      right: { left: x + 14, right: x + 14 + width },
      left: { left: x - 14 - width, right: x - 14 },
    };
    for (const side of ["right", "left"] as const) {
      const box = { ...boxes[side], top: y - 8, bottom: y + 8 };
      if (![...taken].every(([other, its]) => other === id || apart(box, its))) continue;
      taken.set(`${id} name`, box);
      shown.set(id, side);
      break;
    }
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
  const after = useContext(AfterContext);
  const [labelled, setLabelled] = useState<ReadonlyMap<string, "right" | "left">>(new Map());
  const stations = after.value?.stations ?? [];
  const ghosts = ghostsOf(stations);
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
      features: ghostsOf(after.value?.stations ?? []).map(({ from, to }) => ({
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
      {(after.value?.standby_points ?? []).map((one) => (
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
        <StationMark key={one.id} station={one} label={labelled.get(one.id)} fixed={fixed} />
      ))}
    </div>
  );
}

// The map: quiet ground, areas by who reaches them in time, and what stands on it.
import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "../../components/Icon/Icon.tsx";
import { MapEngine } from "../../map/engine.ts";
import { EngineContext } from "../../map/engineContext.ts";
import { Names } from "../../map/Names/Names.tsx";
import "../../map/Controls/Controls.css";
import "../../map/MapView/MapView.css";
import { t } from "../../state/language.ts";
import { shown } from "../../state/remote.ts";
import { dark } from "../../state/theme.ts";
import { ground, map } from "../state/ground.ts";
import { picture, selected } from "../state/picture.ts";
import { horizon, readiness } from "../state/readiness.ts";
import { coverColours } from "./cover.ts";
import { Marks } from "./Marks.tsx";

const STEP = 80;

function paint(engine: MapEngine): void {
  if (engine.ready.value === 0) return;
  const found = shown(readiness.value)?.horizons.find(({ minutes }) => minutes === horizon.value);
  const areas = map.value?.order.length ?? 0;
  engine.paintAreas(found ? coverColours(found, dark.value) : [], areas);
}

/** Bring what is selected into view, once. */
function reveal(engine: MapEngine): void {
  const [lon, lat] = picture.peek()?.incidents.get(selected.value ?? "")?.geometry?.coordinates ?? [];
  if (lon !== undefined && lat !== undefined) engine.reveal({ lon, lat });
}

function Buttons({ engine }: { engine: MapEngine }) {
  const whole = () => {
    if (map.value && ground.value) engine.whole(map.value, ground.value.region);
  };
  const all: readonly (readonly [IconName, string, () => void])[] = [
    ["plus", t("map.nearer"), () => engine.zoom(1)],
    ["minus", t("map.farther"), () => engine.zoom(-1)],
    ["whole", t("map.whole"), whole],
  ];
  return (
    <div class="map-controls" role="group" aria-label={t("map.controls")}>
      {all.map(([icon, label, act]) => (
        <button key={icon} aria-label={label} title={label} onClick={act}>
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}

function onKey(engine: MapEngine, event: KeyboardEvent): void {
  const ways: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-STEP, 0],
    ArrowRight: [STEP, 0],
    ArrowUp: [0, -STEP],
    ArrowDown: [0, STEP],
  };
  const way = ways[event.key];
  if (way) {
    engine.pan(...way);
    event.preventDefault();
  } else if (event.key === "+" || event.key === "-") engine.zoom(event.key === "+" ? 1 : -1);
}

export function LiveMap() {
  const place = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<MapEngine>();
  const drawn = map.value;
  const region = ground.value?.region;
  useEffect(() => {
    if (!place.current || !drawn || !region) return undefined;
    const made = new MapEngine(place.current, drawn, region, dark.peek(), "buttons");
    made.keepWhole(drawn, region);
    setEngine(made);
    let first = true;
    const stops = [
      effect(() => {
        const wanted = dark.value;
        if (!first) made.restyle(drawn, wanted);
        first = false;
      }),
      effect(() => paint(made)),
      effect(() => reveal(made)),
    ];
    return () => {
      stops.forEach((stop) => stop());
      made.remove();
      setEngine(undefined);
    };
  }, [drawn?.fingerprint]);
  return (
    <div
      class="map-view"
      role="group"
      aria-label={t("live.map")}
      tabIndex={0}
      onKeyDown={(event) => engine && onKey(engine, event)}
    >
      <div ref={place} class="map-canvas" aria-hidden="true" />
      {engine && drawn && (
        <EngineContext.Provider value={engine}>
          <Names engine={engine} map={drawn} />
          <Marks />
          <Buttons engine={engine} />
        </EngineContext.Provider>
      )}
    </div>
  );
}

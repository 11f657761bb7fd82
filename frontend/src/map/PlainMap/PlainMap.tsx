// A map that shows squares in given colours and what its children put over it; nothing on it is worked on.
import { effect, type ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../state/language.ts";
import { drawnAs } from "../../picture/drawnAs.ts";
import { study, studyMap } from "../../state/study.ts";
import { dark } from "../../state/theme.ts";
import { MapEngine } from "../engine.ts";
import { EngineContext } from "../MapView/MapView.tsx";
import { drawGround } from "../picture/drawMap.ts";
import { Names } from "../Names/Names.tsx";
import "../MapView/MapView.css";

interface Props {
  /** A colour for every square, null for none. */
  readonly colours: ReadonlySignal<readonly (string | null)[]>;
  readonly children?: ComponentChildren;
}

export function PlainMap({ colours, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<MapEngine>();
  const map = studyMap.value;
  const region = study.value?.region;
  useEffect(() => {
    if (!place.current || !map || !region) return undefined;
    const made = new MapEngine(place.current, map, region, dark.peek(), "buttons");
    made.map.scrollZoom.disable(); // the page scrolls; buttons and fingers bring the map nearer
    setEngine(made);
    drawnAs.set(place.current, () =>
      drawGround({ engine: made, map, colours: colours.peek(), dark: dark.peek() }),
    );
    let first = true;
    const stops = [
      effect(() => {
        const wanted = dark.value;
        if (!first) made.restyle(map, wanted);
        first = false;
      }),
      effect(() => {
        if (made.ready.value > 0) made.paintAreas(colours.value, map.order.length);
      }),
    ];
    return () => {
      stops.forEach((stop) => stop());
      made.remove();
      setEngine(undefined);
    };
  }, [map?.fingerprint, colours]);
  return (
    <div class="map-view">
      <div ref={place} class="map-canvas" aria-hidden="true" />
      {engine && map && (
        <EngineContext.Provider value={engine}>
          <Names engine={engine} map={map} />
          {children}
        </EngineContext.Provider>
      )}
      {!map && <p class="map-empty quiet">{t("map.loading")}</p>}
    </div>
  );
}

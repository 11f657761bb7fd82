// The roads by speed, what is wrong with them, and what is reached from a place: a click chooses the place.
import { effect, signal, type Signal } from "@preact/signals";
import type { FeatureCollection, Geometry } from "geojson";
import { useEffect, useState } from "preact/hooks";
import type { FaultReason, Reach, Roads } from "../../api/roads.ts";
import { useTexts } from "../../components/texts.ts";
import { useEngine } from "../../map/MapView/MapView.tsx";
import { PlainMap } from "../../map/PlainMap/PlainMap.tsx";
import { colourOf, reach as reachScale } from "../../map/scales.ts";
import { useScreenPlace } from "../../map/Stations/useScreenPlace.ts";
import { MapContextControls } from "../../map/Controls/MapContextControls.tsx";
import { dark } from "../../state/theme.ts";
import { rowsById, SPEED_EDGES, speedAt, speedScale, widthOf, type When } from "./speeds.ts";

export interface Drawn {
  readonly roads: Roads;
  readonly when: When;
  readonly reach: Reach | undefined;
  readonly fault: FaultReason | undefined;
}

interface Props extends Drawn {
  readonly from: { readonly lat: number; readonly lon: number } | null;
  readonly onPlace: (place: { lat: number; lon: number }) => void;
}

const NO_COLOURS = signal<readonly (string | null)[]>([]);

export function RoadMap({ from, onPlace, ...drawn }: Props) {
  const { say } = useTexts();
  const [shown] = useState(() => signal<Drawn>(drawn));
  useEffect(() => {
    shown.value = drawn;
  }, [drawn.roads, drawn.when.period, drawn.when.purpose, drawn.reach, drawn.fault]);
  return (
    <figure class="road-map">
      <div class="road-map-box" role="group" aria-label={say("roads.map_label")}>
        <PlainMap colours={NO_COLOURS}>
          <Layers shown={shown} onPlace={onPlace} />
          {from && <Origin {...from} />}
          <MapContextControls />
        </PlainMap>
      </div>
      <figcaption>
        <Key hasReach={drawn.reach !== undefined} />
      </figcaption>
    </figure>
  );
}

/** What is laid on the map; nothing of its own on the page. */
function Layers({ shown, onPlace }: { shown: Signal<Drawn>; onPlace: Props["onPlace"] }) {
  const engine = useEngine();
  useEffect(() => {
    engine.onPoint("click", ({ lngLat }) => onPlace({ lat: lngLat.lat, lon: lngLat.lng }));
    return effect(() => {
      if (engine.ready.value === 0) return;
      engine.lay("reach-areas", reachShapes(shown.value.reach, dark.value));
      engine.lay("road-lines", roadShapes(shown.value, dark.value));
      engine.lay("fault-places", faultShapes(shown.value.fault));
    });
  }, [engine]);
  return null;
}

export function roadShapes({ roads, when }: Drawn, isDark: boolean): FeatureCollection {
  const rows = rowsById(roads);
  const scale = speedScale(isDark);
  return {
    type: "FeatureCollection",
    features: roads.lines.features.map(({ geometry, properties }) => {
      const row = rows.get(properties.row);
      const kmh = row && speedAt(row, properties.limit_kmh, when, roads.least_kmh);
      return {
        type: "Feature",
        geometry: geometry as unknown as Geometry,
        properties: { colour: colourOf(scale, kmh) ?? "#888888", ...widthOf(properties.row) },
      };
    }),
  };
}

export function reachShapes(reach: Reach | undefined, isDark: boolean): FeatureCollection {
  const scale = reachScale(isDark);
  return {
    type: "FeatureCollection",
    features: (reach?.areas ?? []).map(({ geometry, minutes }) => ({
      type: "Feature",
      geometry: geometry as unknown as Geometry,
      properties: { colour: colourOf(scale, minutes * 60) },
    })),
  };
}

function faultShapes(fault: FaultReason | undefined): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: (fault?.places ?? []).map((place) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [...place] },
      properties: {},
    })),
  };
}

function Origin({ lat, lon }: { lat: number; lon: number }) {
  const { say } = useTexts();
  const element = useScreenPlace<HTMLSpanElement>({ lat, lon });
  return <span ref={element} class="road-origin" role="img" aria-label={say("roads.place")} />;
}

function Key({ hasReach }: { hasReach: boolean }) {
  const { say } = useTexts();
  const speeds = speedScale(dark.value);
  const reach = reachScale(dark.value);
  return (
    <div class="road-key">
      <Steps colours={speeds.colours} edges={SPEED_EDGES} unit={say("roads.legend_speed")} />
      {hasReach && (
        <Steps
          colours={reach.colours.slice(0, 3)}
          edges={reach.edges.map((edge) => edge / 60)}
          unit={say("roads.legend_reach")}
        />
      )}
    </div>
  );
}

interface StepsProps {
  readonly colours: readonly string[];
  readonly edges: readonly number[];
  readonly unit: string;
}

function Steps({ colours, edges, unit }: StepsProps) {
  return (
    <div class="road-steps">
      <ol>
        {colours.map((colour, step) => (
          <li key={colour}>
            <i style={{ background: colour }} />
            <span>{edges[step] ?? ""}</span>
          </li>
        ))}
      </ol>
      <span>{unit}</span>
    </div>
  );
}

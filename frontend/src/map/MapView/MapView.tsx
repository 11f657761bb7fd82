// One map of one alternative. The main one is worked on; those beside it in a comparison only show.
import { effect, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { Service } from "../../api/types.ts";
import { answerOf } from "../../state/answers.ts";
import { chosen, findAlternative } from "../../state/drafts.ts";
import { numbers, t } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { study, studyMap } from "../../state/study.ts";
import { dark } from "../../state/theme.ts";
import { COUNT } from "../../numbers/forms.ts";
import { MapEngine, type Camera } from "../engine.ts";
import { EngineContext } from "../engineContext.ts";
import { contextOf } from "../facts.ts";
import { flowShapes, middlesOfMunicipalities, middlesOfOrganisations } from "../flows.ts";
import { centreBorder } from "../centreBorder.ts";
import { showLayer, type LayerId } from "../layers.ts";
import { Names } from "../Names/Names.tsx";
import type { Floating } from "../room.ts";
import { carried, layer, picked } from "../view.ts";
import { organisations as inksOf } from "../scales.ts";
import "./MapView.css";

/** The service after the edits of an alternative, as soon as it is known. */
export type After = ReadonlySignal<Service | undefined>;
/** Whose stations stand on the map. */
export const AfterContext = createContext<After>(service);

export { EngineContext, useEngine } from "../engineContext.ts";

/** The layer that is shown: while a station is carried, how far it would get. */
export const shownLayer = (): LayerId => (carried.value ? "reach" : layer.value);

function paintAreas(engine: MapEngine, alternative: string | undefined, after: After): void {
  if (engine.ready.value === 0) return;
  const context = contextOf(alternative, after.value);
  if (context) engine.paintAreas(showLayer(shownLayer(), context).colours, context.map.order.length);
}

/** The figures of a layer of municipalities, which stand at their names. */
function figuresAtNames(alternative: string | undefined, after: After) {
  const id = shownLayer();
  if (id !== "simultaneity") return undefined;
  const context = contextOf(alternative, after.value);
  return context && showLayer(id, context).atNames;
}

/** Between which squares the border of centres was laid on a map, and under which style. */
const borders = new WeakMap<MapEngine, string>();

function layBorder(engine: MapEngine, after: After): void {
  const map = studyMap.value;
  if (engine.ready.value === 0 || !map) return;
  const owners = after.value?.areas_centre ?? map.areas.features.map(({ properties }) => properties.centre);
  const laid = `${engine.ready.value} ${owners.join()}`;
  if (laid === borders.get(engine)) return; // most changes leave it where it is
  borders.set(engine, laid);
  engine.lay("border", centreBorder(map, owners));
}

function layFlows(engine: MapEngine, alternative: string | undefined, after: After): void {
  const map = studyMap.value;
  if (engine.ready.value === 0 || !map) return;
  const flows = layer.value === "flows" ? (answerOf(alternative)?.flows ?? []) : [];
  const organisations = (study.value?.organisations ?? []).map(({ id }) => id);
  const inks = inksOf(dark.value);
  const shapes = flowShapes(
    flows,
    middlesOfOrganisations(after.value?.stations ?? []),
    middlesOfMunicipalities(map),
  );
  engine.lay("flows", {
    ...shapes,
    features: shapes.features.map((feature) => ({
      ...feature,
      properties: {
        ...feature.properties,
        colour: inks[organisations.indexOf(feature.properties.organisation) % inks.length],
        text: numbers.value.text(feature.properties.missions, COUNT),
      },
    })),
  });
}

function layPicked(engine: MapEngine): void {
  const map = studyMap.value;
  if (engine.ready.value === 0 || !map) return;
  engine.lay("picked", picked.value === undefined ? undefined : map.areas.features[picked.value]);
}

export interface MapViewProps {
  readonly alternative: string | undefined;
  /** The service under the alternative; that of the chosen one unless it is given. */
  readonly after?: After;
  readonly floating?: Floating;
  /** Told of every move by hand, so that the maps beside it can follow. */
  readonly onCamera?: (camera: Camera, from: MapEngine) => void;
  /** Told of the map when there is one; what it answers with is called when it goes. */
  readonly onEngine?: (engine: MapEngine) => () => void;
  readonly children?: ComponentChildren;
}

export function MapView({
  alternative,
  after = service,
  floating = "buttons",
  onCamera,
  onEngine,
  children,
}: MapViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<MapEngine>();
  const map = studyMap.value;
  const region = study.value?.region;
  const fingerprint = map?.fingerprint;
  useEffect(() => {
    if (!place.current || !map || !region) return undefined;
    const made = new MapEngine(place.current, map, region, dark.peek(), floating);
    setEngine(made);
    const forget = onEngine?.(made);
    if (onCamera) made.map.on("move", (event) => "originalEvent" in event && onCamera(made.camera(), made));
    let first = true;
    const stops = [
      effect(() => {
        const wanted = dark.value;
        if (!first) made.restyle(map, wanted);
        first = false;
      }),
      effect(() => paintAreas(made, alternative, after)),
      effect(() => layBorder(made, after)),
      effect(() => layFlows(made, alternative, after)),
      effect(() => layPicked(made)),
    ];
    return () => {
      stops.forEach((stop) => stop());
      forget?.();
      made.remove();
      setEngine(undefined);
    };
    // A study read anew is another map; nothing else makes one.
  }, [fingerprint, alternative === undefined]);
  const title = findAlternative(alternative ?? null) ?? chosen.value;
  return (
    <div class="map-view">
      <div ref={place} class="map-canvas" aria-hidden="true" data-alternative={title?.id} />
      {engine && (
        <EngineContext.Provider value={engine}>
          {map && <Names engine={engine} map={map} figures={() => figuresAtNames(alternative, after)} />}
          <AfterContext.Provider value={after}>{children}</AfterContext.Provider>
        </EngineContext.Provider>
      )}
      {!map && <p class="map-empty quiet">{t("map.loading")}</p>}
    </div>
  );
}

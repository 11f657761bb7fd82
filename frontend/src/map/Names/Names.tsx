// Names of places over a map. They are elements of the page, not of the map's drawing: there they would need shaders and glyphs
// of their own before the first picture.
import { useSignalEffect } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import type { StudyMap } from "../../api/types.ts";
import type { MapEngine } from "../engine.ts";
import { namedPlaces, placeNames, type PlacedName } from "./placeNames.ts";
import "./Names.css";

interface Props {
  readonly engine: MapEngine;
  readonly map: StudyMap;
  /** Figures that stand after names, by id of the place. */
  readonly figures?: (() => ReadonlyMap<string, string> | undefined) | undefined;
}

export function Names({ engine, map, figures }: Props) {
  const places = useMemo(() => namedPlaces(map), [map]);
  const [shown, show] = useState<readonly PlacedName[]>([]);
  useSignalEffect(() => {
    const after = figures?.();
    if (engine.moved.value >= 0) show(placeNames(places, engine.view(), after));
  });
  return (
    <div class="map-names" aria-hidden="true">
      {shown.map(({ place, figure, size, x, y }) => (
        <span
          key={`${place.kind} ${place.id}`}
          class={place.kind}
          style={{
            fontSize: `${size.toFixed(1)}px`,
            transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`,
          }}
        >
          {place.name}
          {figure !== undefined && <b> {figure}</b>}
        </span>
      ))}
    </div>
  );
}

// A map of squares as a figure: which layer it shows, what its colours mean, and what is to be seen in a sentence.
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { PictureMenu } from "../../components/PictureMenu/PictureMenu.tsx";
import { MapContextControls } from "../Controls/MapContextControls.tsx";
import { PlainMap } from "../PlainMap/PlainMap.tsx";
import "./MapFigure.css";

interface Props {
  /** A colour for every square, null for none. */
  readonly colours: ReadonlySignal<readonly (string | null)[]>;
  /** Id and name of every layer that can be shown. */
  readonly layers: readonly (readonly [string, string])[];
  readonly chosen: string;
  readonly onChoose: (layer: string) => void;
  /** What is chosen, for those who hear the field. */
  readonly label: string;
  /** What else can be set, beside the layer. */
  readonly tools?: ComponentChildren;
  readonly legend: ComponentChildren;
  /** What is to be seen. */
  readonly caption: string;
  /** What lies over the squares. */
  readonly children?: ComponentChildren;
}

export function MapFigure(props: Props) {
  return (
    <figure class="map-figure">
      <div class="map-figure-box">
        <PlainMap colours={props.colours}>
          {props.children}
          <MapContextControls />
        </PlainMap>
      </div>
      <figcaption>
        <div class="map-figure-tools">
          <label>
            <span class="unseen">{props.label}</span>
            <select
              class="field"
              value={props.chosen}
              onChange={({ currentTarget }) => props.onChoose(currentTarget.value)}
            >
              {props.layers.map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {props.tools}
          <PictureMenu what={props.layers.find(([id]) => id === props.chosen)?.[1] ?? props.label} />
        </div>
        <div class="map-figure-key">{props.legend}</div>
        <p class="quiet">{props.caption}</p>
      </figcaption>
    </figure>
  );
}

// People and calls on a map: the colours of squares, their key, and the same in a sentence.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useTexts } from "../../components/texts.ts";
import { PlainMap } from "../../map/PlainMap/PlainMap.tsx";
import { colourOf } from "../../map/scales.ts";
import { query, setQuery } from "../../state/location.ts";
import { studyMap } from "../../state/study.ts";
import { dark } from "../../state/theme.ts";
import { MapContextControls } from "../Playback/MapContextControls.tsx";
import { DEMAND_LAYERS, type DemandLayer } from "./layers.ts";
import "../Siting/SiteMap.css";

/** `usual` is shown until the address names another layer. */
export function DemandMap({ usual }: { usual: DemandLayer["id"] }) {
  const { say, numbers } = useTexts();
  const asked = query("show") ?? usual;
  const layer = DEMAND_LAYERS.find((one) => one.id === asked) ?? DEMAND_LAYERS[0];
  const shown = useSignal(layer);
  useEffect(() => {
    shown.value = layer;
  }, [layer]);
  const colours = useComputed(() => {
    const scale = shown.value?.scale(dark.value);
    const squares = studyMap.value?.areas.features ?? [];
    return squares.map((one) => (scale ? colourOf(scale, shown.value?.of(one.properties)) : null));
  });
  if (!layer) return null;
  const squares = (studyMap.value?.areas.features ?? []).map((one) => one.properties);
  const most = squares.reduce((high, one) => Math.max(high, layer.of(one) ?? 0), 0);
  const told = {
    layer: say(`demand.map_${layer.id}`),
    sum: numbers.text(layer.whole(squares), layer.form),
  };
  const alt =
    layer.id === "share"
      ? say("demand.map_alt_share", told)
      : say("demand.map_alt", { ...told, most: numbers.text(most, layer.form) });
  return (
    <figure class="site-map">
      <div class="site-map-box">
        <PlainMap colours={colours}>
          <MapContextControls />
        </PlainMap>
      </div>
      <figcaption>
        <div class="site-map-tools">
          <label>
            <span class="unseen">{say("demand.map_layer")}</span>
            <select
              class="field"
              value={layer.id}
              onChange={({ currentTarget }) => setQuery({ show: currentTarget.value })}
            >
              {DEMAND_LAYERS.map((one) => (
                <option key={one.id} value={one.id}>
                  {say(`demand.map_${one.id}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
        <Key layer={layer} />
        <p class="quiet">{alt}</p>
      </figcaption>
    </figure>
  );
}

function Key({ layer }: { layer: DemandLayer }) {
  const { say, numbers } = useTexts();
  const scale = layer.scale(dark.value);
  return (
    <div class="site-map-key">
      <ol class="site-map-scale">
        {scale.colours.map((colour, step) => {
          const edge = scale.edges[step];
          return (
            <li key={colour}>
              <i style={{ background: colour }} />
              <span>
                {edge === undefined
                  ? say("demand.most")
                  : numbers.text(
                      edge,
                      edge < 1 && layer.id === "calls" ? { ...layer.form, digits: 1 } : layer.form,
                    )}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

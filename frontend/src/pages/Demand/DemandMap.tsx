// People and calls on a map: the colours of squares, their key, and the same in a sentence.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useTexts } from "../../components/texts.ts";
import { ColourScale } from "../../map/MapFigure/ColourScale.tsx";
import { MapFigure } from "../../map/MapFigure/MapFigure.tsx";
import { colourOf } from "../../map/scales.ts";
import type { Numbers } from "../../numbers/format.ts";
import { query, setQuery } from "../../state/location.ts";
import { studyMap } from "../../state/study.ts";
import { dark } from "../../state/theme.ts";
import { DEMAND_LAYERS, type DemandLayer } from "./layers.ts";

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
  const scale = layer.scale(dark.value);
  const steps = scale.colours.map((colour, step) => ({
    colour,
    label: labelOf(layer, scale.edges[step], say("demand.most"), numbers),
  }));
  return (
    <MapFigure
      colours={colours}
      layers={DEMAND_LAYERS.map((one) => [one.id, say(`demand.map_${one.id}`)])}
      chosen={layer.id}
      onChoose={(id) => setQuery({ show: id })}
      label={say("demand.map_layer")}
      legend={<ColourScale steps={steps} />}
      caption={alt}
    />
  );
}

/** What stands at the edge of a colour; the last has none. Calls below one have a decimal. */
function labelOf(layer: DemandLayer, edge: number | undefined, last: string, numbers: Numbers): string {
  if (edge === undefined) return last;
  return numbers.text(edge, edge < 1 && layer.id === "calls" ? { ...layer.form, digits: 1 } : layer.form);
}

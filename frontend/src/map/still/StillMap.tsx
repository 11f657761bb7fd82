// The map as it is seen first, drawn by the page itself as soon as the study is here: the moving map takes its place once its own
// program, its worker and its shaders are ready, which without a graphics card takes seconds.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { narrow } from "../../app/narrow.ts";
import { chosen, compared } from "../../state/drafts.ts";
import { service } from "../../state/service.ts";
import { study, studyMap } from "../../state/study.ts";
import { dark } from "../../state/theme.ts";
import { centreBorder } from "../centreBorder.ts";
import { contextOf } from "../facts.ts";
import { showLayer } from "../layers.ts";
import { drawMap, type Seen } from "../picture/drawMap.ts";
import { boundsOf, roomAround } from "../room.ts";
import { layer } from "../view.ts";
import { isMoving } from "./isMoving.ts";
import { drawnStill } from "./isSeen.ts";
import { stillCamera } from "./stillCamera.ts";
import "./StillMap.css";

function useCamera(place: { readonly current: HTMLElement | null }) {
  const seen = useSignal<Seen | undefined>(undefined);
  const region = study.value?.region;
  const map = studyMap.value;
  const border = useMemo(
    () =>
      map &&
      centreBorder(
        map,
        map.areas.features.map(({ properties }) => properties.centre),
      ),
    [map],
  );
  useEffect(() => {
    const box = place.current;
    if (!box || !map || !region || !border) return;
    const size = { width: box.clientWidth, height: box.clientHeight };
    const room = roomAround(box, narrow.peek() ? "sheet" : "legend");
    seen.value = stillCamera(boundsOf(map, region), size, room, { border });
  }, [map, region, border]);
  return seen;
}

function Picture() {
  const place = useRef<HTMLDivElement>(null);
  const seen = useCamera(place);
  useSignalEffect(() => {
    const context = contextOf(chosen.value?.id);
    const box = place.current;
    if (!box || !seen.value || !context) return;
    const { width, height } = seen.value.view();
    const scene = {
      engine: seen.value,
      map: context.map,
      colours: showLayer(layer.value, context).colours,
      atNames: undefined,
      stations: service.value?.stations ?? [],
      standby: service.value?.standby_points ?? [],
      hospitals: study.value?.hospitals ?? [],
      dark: dark.value,
    };
    box.innerHTML = `<svg width="${width}" height="${height}">${drawMap(scene)}</svg>`;
    if (box.dataset["seen"]) return;
    box.dataset["seen"] = "true";
    drawnStill();
  });
  return <div ref={place} class="still-map" aria-hidden="true" />;
}

export function StillMap() {
  return isMoving.value || compared.value.length > 1 ? null : <Picture />;
}

// A map of the study that stands still: a click gives the place below it. What is chosen is marked by its number.
// Whoever does not point types the place beside it.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { centreBorder } from "../centreBorder.ts";
import type { Spot } from "../engine.ts";
import { drawGround } from "../picture/drawMap.ts";
import { boundsOf, roomAround } from "../room.ts";
import { stillCamera, type StillCamera } from "../still/stillCamera.ts";
import { study, studyMap } from "../../state/study.ts";
import { dark } from "../../state/theme.ts";
import "./PlacePicker.css";

interface Props {
  readonly label: string;
  /** Places by number; null where a place is not known yet. */
  readonly marks: readonly (Spot | null)[];
  readonly onPick: (spot: Spot) => void;
}

export function PlacePicker({ label, marks, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const camera = useCamera(box);
  const seen = camera.value;
  return (
    <div class="place-picker" role="group" aria-label={label}>
      <div
        ref={box}
        class="place-picker-ground"
        aria-hidden="true"
        onClick={({ offsetX, offsetY }) => seen && onPick(seen.spot({ x: offsetX, y: offsetY }))}
      />
      {seen &&
        marks.map((spot, index) => {
          if (!spot) return null;
          const { x, y } = seen.pixel(spot);
          return (
            <span key={index} class="place-picker-mark" style={{ left: `${x}px`, top: `${y}px` }}>
              {index + 1}
            </span>
          );
        })}
    </div>
  );
}

/** The camera of the ground, which is drawn anew when the study, the theme or the size of the box changes. */
function useCamera(place: { readonly current: HTMLElement | null }) {
  const camera = useSignal<StillCamera | undefined>(undefined);
  const map = studyMap.value;
  const region = study.value?.region;
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
    if (!box || !map || !region || !border) return undefined;
    const look = () => {
      const { clientWidth: width, clientHeight: height } = box;
      if (width > 0) {
        camera.value = stillCamera(boundsOf(map, region), { width, height }, roomAround(box, "buttons"), {
          border,
        });
      }
    };
    const watch = new ResizeObserver(look);
    watch.observe(box);
    look();
    return () => watch.disconnect();
  }, [map, region, border]);
  useSignalEffect(() => {
    const [box, seen, ground] = [place.current, camera.value, studyMap.value];
    if (!box || !seen || !ground) return;
    const { width, height } = seen.view();
    const drawn = drawGround({ engine: seen, map: ground, colours: [], dark: dark.value });
    box.innerHTML = `<svg width="${width}" height="${height}">${drawn}</svg>`;
  });
  return camera;
}

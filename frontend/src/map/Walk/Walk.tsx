// The map by keyboard, as in the report: arrow keys go from square to square and tell its figure, plus and minus bring it nearer
// or farther, zero shows all of it. What is told goes to a region that screen readers speak.
import { t } from "../../state/language.ts";
import { picking } from "../../state/picking.ts";
import { study, studyMap } from "../../state/study.ts";
import { kilometres, squareMiddle } from "../geometry.ts";
import { useEngine } from "../MapView/MapView.tsx";
import { sentenceOf } from "../Told/Told.tsx";
import { picked, placing, said } from "../view.ts";
import type { StudyMap } from "../../api/types.ts";
import type { Spot } from "../engine.ts";

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The nearest square in a direction: within 45° of it, else none. */
export function nextArea(
  map: StudyMap,
  from: number,
  [dx, dy]: readonly [number, number],
): number | undefined {
  const start = map.areas.features[from];
  if (!start) return undefined;
  const [x1, y1] = squareMiddle(start.geometry);
  const stretch = Math.cos((y1 * Math.PI) / 180);
  let best: number | undefined;
  let least = Infinity;
  map.areas.features.forEach(({ geometry }, index) => {
    const [x2, y2] = squareMiddle(geometry);
    const along = (x2 - x1) * stretch * dx + (y2 - y1) * dy;
    const aside = Math.abs((x2 - x1) * stretch * dy) + Math.abs((y2 - y1) * dx);
    if (index === from || along <= 0 || aside > along) return;
    const cost = along + aside * 2;
    if (cost < least) [best, least] = [index, cost];
  });
  return best;
}

function nearestArea(map: StudyMap, { lon, lat }: Spot): number {
  const km = map.areas.features.map(({ geometry }) => kilometres(squareMiddle(geometry), [lon, lat]));
  return km.indexOf(Math.min(...km));
}

export function Walk() {
  const engine = useEngine();
  const press = (event: KeyboardEvent) => {
    const map = studyMap.value;
    const way = WAYS[event.key];
    if (!map || !study.value || event.ctrlKey || event.metaKey || event.altKey) return;
    if (way && event.shiftKey) engine.pan(way[0] * 120, way[1] * -120);
    else if (way) {
      const { clientWidth: x, clientHeight: y } = engine.map.getContainer();
      const now = picked.value;
      const next =
        now === undefined ? nearestArea(map, engine.spot({ x: x / 2, y: y / 2 })) : nextArea(map, now, way);
      if (next === undefined) return;
      picked.value = next;
      const square = map.areas.features[next];
      if (square) {
        const [lon, lat] = squareMiddle(square.geometry);
        engine.reveal({ lon, lat });
      }
      said.value = sentenceOf(next);
    } else if (event.key === "+" || event.key === "=") engine.zoom(1);
    else if (event.key === "-") engine.zoom(-1);
    else if (event.key === "0") engine.whole(map, study.value.region);
    else if (event.key === "Escape") {
      picked.value = undefined;
      placing.value = false;
      picking.value = null;
    } else return;
    event.preventDefault();
  };
  return (
    <div
      class="walk"
      role="application"
      tabIndex={0}
      aria-label={t("map.walk")}
      aria-describedby="walk-help"
      onKeyDown={press}
    >
      <p id="walk-help" class="unseen">
        {t("map.walk_help")}
      </p>
    </div>
  );
}

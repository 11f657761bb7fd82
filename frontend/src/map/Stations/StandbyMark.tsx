// A standby point on the map, a place where free units wait. It is dragged, moved with the arrow keys and opened as stations are.
import type { ServiceStandby } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import { heldPlace, showStandby, standby as open, type Movable } from "../view.ts";
import { useCarrying } from "./useCarrying.ts";
import { useScreenPlace } from "./useScreenPlace.ts";

export function StandbyMark({ point, fixed = false }: { point: ServiceStandby; fixed?: boolean }) {
  const what: Movable = { kind: "standby", ...point };
  const held = heldPlace(what);
  const isOpen = open.value?.id === point.id;
  const element = useScreenPlace<HTMLButtonElement>(held ?? point);
  const handlers = useCarrying(what, fixed || point.change === "gone", () =>
    showStandby(isOpen && !held ? null : point.id),
  );
  const classes = ["point", "standby", point.change, held ? "held" : "", isOpen ? "open" : ""];
  const name = t("map.standby", { name: point.name });
  const label = point.change === "same" ? name : `${name}, ${t(`map.change_${point.change}`)}`;
  return (
    <button
      ref={element}
      class={classes.filter(Boolean).join(" ")}
      aria-label={label}
      title={label}
      aria-describedby={fixed ? undefined : "station-help"}
      {...handlers}
    >
      <span class="standby-mark" />
      {(held || isOpen) && <span class="station-name right">{point.name}</span>}
    </button>
  );
}

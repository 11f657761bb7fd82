// A station on the map: how many units it has, its name, and what the alternative does to it. It can be dragged, moved with the
// arrow keys, and opened.
import type { ServiceStation } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import type { Spot } from "../engine.ts";
import { heldPlace, showStation, station as open, type Movable } from "../view.ts";
import { useCarrying } from "./useCarrying.ts";
import { useScreenPlace } from "./useScreenPlace.ts";

interface Props {
  readonly station: ServiceStation;
  /** The side on which its name has room. */
  readonly label: "right" | "left" | undefined;
  readonly fixed?: boolean;
}

function spoken({ name, units, change }: ServiceStation): string {
  const what = t(`map.change_${change}`);
  return t("map.station_spoken", { name, units, change: change === "same" ? "" : `, ${what}` });
}

export function StationMark({ station, label, fixed = false }: Props) {
  const what: Movable = { kind: "station", ...station };
  const held = heldPlace(what);
  const isOpen = open.value?.id === station.id;
  const element = useScreenPlace<HTMLButtonElement>(held ?? station);
  const handlers = useCarrying(what, fixed || station.change === "gone", () =>
    showStation(isOpen && !held ? null : station.id),
  );
  const classes = ["station", station.change, held ? "held" : "", isOpen ? "open" : ""];
  return (
    <button
      ref={element}
      class={classes.filter(Boolean).join(" ")}
      aria-label={spoken(station)}
      aria-describedby={fixed ? undefined : "station-help"}
      {...handlers}
    >
      <span class="station-dot">{station.change === "gone" ? "×" : station.units}</span>
      {(label ?? (held || isOpen)) && <span class={`station-name ${label ?? "right"}`}>{station.name}</span>}
    </button>
  );
}

/** Where something stands today, while the alternative has it elsewhere or it is carried. */
export function Ghost({ spot, small = false }: { spot: Spot; small?: boolean }) {
  const element = useScreenPlace<HTMLSpanElement>(spot);
  return <span ref={element} class={small ? "ghost small" : "ghost"} aria-hidden="true" />;
}

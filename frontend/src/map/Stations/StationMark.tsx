// A station on the map: how many units it has, its name, and what the alternative does to it. It can be dragged, moved with the
// arrow keys, and opened.
import { useEffect, useRef } from "preact/hooks";
import type { ServiceStation } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import type { Spot } from "../engine.ts";
import { useEngine } from "../MapView/MapView.tsx";
import { carried, showStation, station as open } from "../view.ts";
import { carry, carryByKey, giveUp, letGo } from "./carry.ts";
import { useScreenPlace } from "./useScreenPlace.ts";

const SLACK = 4; // pixels that a click may tremble

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
  const engine = useEngine();
  const held = carried.value?.station === station.id ? carried.value : undefined;
  const spot: Spot = held ?? station;
  const element = useScreenPlace<HTMLButtonElement>(spot);
  const begun = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || carried.peek()?.by !== "pointer") return;
      begun.current = null;
      giveUp();
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, []);

  const move = (event: PointerEvent) => {
    const from = begun.current;
    if (!from) return;
    if (!from.moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < SLACK) return;
    from.moved = true;
    const box = engine.map.getContainer().getBoundingClientRect();
    carry(station, engine.spot({ x: event.clientX - box.left, y: event.clientY - box.top }), "pointer");
  };
  const dragged = useRef(false); // the click that ends a drag opens nothing
  const up = () => {
    const from = begun.current;
    begun.current = null;
    dragged.current = from?.moved === true;
    if (from?.moved) letGo(station);
  };
  const classes = [
    "station",
    station.change,
    held ? "held" : "",
    open.value?.id === station.id ? "open" : "",
  ];
  return (
    <button
      ref={element}
      class={classes.filter(Boolean).join(" ")}
      aria-label={spoken(station)}
      aria-describedby={fixed ? undefined : "station-help"}
      onClick={() => {
        if (!dragged.current) showStation(open.value?.id === station.id && !held ? null : station.id);
        dragged.current = false;
      }}
      onPointerDown={(event) => {
        if (fixed || event.button !== 0 || station.change === "gone") return;
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { x: event.clientX, y: event.clientY, moved: false };
      }}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => {
        if (begun.current?.moved) giveUp();
        begun.current = null;
      }}
      onKeyDown={(event) => {
        if (fixed || station.change === "gone" || !carryByKey(station, event.key, event.shiftKey)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={() => {
        if (carried.peek()?.by === "keys") giveUp();
      }}
    >
      <span class="station-dot">{station.change === "gone" ? "×" : station.units}</span>
      {(label ?? (held || open.value?.id === station.id)) && (
        <span class={`station-name ${label ?? "right"}`}>{station.name}</span>
      )}
    </button>
  );
}

/** Where a station stands today, while the alternative has it elsewhere or it is carried. */
export function Ghost({ spot }: { spot: Spot }) {
  const element = useScreenPlace<HTMLSpanElement>(spot);
  return <span ref={element} class="ghost" aria-hidden="true" />;
}

// A hospital or an out-of-hours service on the map. It is dragged, moved with the arrow keys and opened as stations are.
import type { ServiceHospital } from "../../api/types.ts";
import { t } from "../../state/language.ts";
import { heldPlace, hospital as open, showHospital, type Movable } from "../view.ts";
import { useCarrying } from "./useCarrying.ts";
import { useScreenPlace } from "./useScreenPlace.ts";

export function HospitalMark({ hospital, fixed = false }: { hospital: ServiceHospital; fixed?: boolean }) {
  const what: Movable = { kind: "hospital", ...hospital };
  const held = heldPlace(what);
  const isOpen = open.value?.id === hospital.id;
  const element = useScreenPlace<HTMLButtonElement>(held ?? hospital);
  const handlers = useCarrying(what, fixed || hospital.change === "gone", () =>
    showHospital(isOpen && !held ? null : hospital.id),
  );
  const isClosed = hospital.closed.length > 0;
  const classes = [
    "point",
    "hospital",
    hospital.change,
    isClosed ? "is-closed" : "",
    held ? "held" : "",
    isOpen ? "open" : "",
  ];
  const name = t("map.hospital", { name: hospital.name });
  const told = [
    name,
    ...(hospital.change === "same" ? [] : [t(`map.change_${hospital.change}`)]),
    ...(isClosed ? [t("map.hospital_closed")] : []),
  ];
  return (
    <button
      ref={element}
      class={classes.filter(Boolean).join(" ")}
      aria-label={told.join(", ")}
      title={told.join(", ")}
      aria-describedby={fixed ? undefined : "station-help"}
      {...handlers}
    >
      <span>{isClosed ? "×" : "H"}</span>
      {(held || isOpen) && <span class="station-name right">{hospital.name}</span>}
    </button>
  );
}

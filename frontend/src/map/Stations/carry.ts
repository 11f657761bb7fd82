// Carrying a station, a standby point or a hospital: by the pointer or by the arrow keys. How far it would reach follows; on letting go it becomes an edit.
import { t } from "../../state/language.ts";
import { study } from "../../state/study.ts";
import { putPlace } from "../editing.ts";
import type { Spot } from "../engine.ts";
import { askReach, forgetReach } from "../reach.ts";
import { carried, heldPlace, said, type Movable } from "../view.ts";

const STEP_LAT = 0.00225; // a quarter of a kilometre
const FAR = 4;

export function carry(what: Movable, to: Spot, by: "pointer" | "keys"): void {
  const region = study.peek()?.region;
  if (!region) return;
  const lat = Math.min(Math.max(to.lat, region.south), region.north);
  const lon = Math.min(Math.max(to.lon, region.west), region.east);
  carried.value = { kind: what.kind, id: what.id, lon, lat, by };
  if (what.kind !== "hospital") askReach(study.peek()?.id ?? "", { lon, lat });
}

export function letGo(what: Movable): void {
  const held = heldPlace(what);
  carried.value = undefined;
  if (!held) return;
  putPlace(what, held);
  said.value = t("map.said_moved", { station: what.name });
}

export function giveUp(): void {
  carried.value = undefined;
  forgetReach();
  said.value = t("map.said_back");
}

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** What a key does with what has the focus; whether it did anything. */
export function carryByKey(what: Movable, key: string, far: boolean): boolean {
  const way = WAYS[key];
  const held = heldPlace(what);
  if (way) {
    const from = held ?? what;
    const step = STEP_LAT * (far ? FAR : 1);
    const stretch = Math.cos((from.lat * Math.PI) / 180);
    carry(what, { lat: from.lat + way[1] * step, lon: from.lon + (way[0] * step) / stretch }, "keys");
    return true;
  }
  if (held && key === "Enter") letGo(what);
  else if (held && key === "Escape") giveUp();
  else return false;
  return true;
}

// What is looked at on the map: the layer, a station, a square – in the address; what is under the pointer – not.
import { computed, signal } from "@preact/signals";
import type { ServiceHospital, ServiceStandby, ServiceStation } from "../api/types.ts";
import { query, setQuery } from "../state/location.ts";
import { service } from "../state/service.ts";
import { study } from "../state/study.ts";
import type { Spot } from "./engine.ts";
import type { Between } from "./geometry.ts";
import { LAYERS, type LayerId } from "./layers.ts";

export const layer = computed<LayerId>(() => {
  const asked = query("layer") as LayerId;
  return LAYERS.includes(asked) ? asked : "response";
});
export const showLayer = (id: LayerId) => setQuery({ layer: id === "response" ? null : id });

/** Of what can be opened on the map only one thing is open. */
const CLOSED = { station: null, standby: null, hospital: null, border: null, area: null };

export const station = computed<ServiceStation | undefined>(() =>
  service.value?.stations.find((one) => one.id === query("station")),
);
export const showStation = (id: string | null) => setQuery({ ...CLOSED, station: id });

/** The number of the square that is told of. */
export const picked = signal<number | undefined>(undefined);
export const hovered = signal<{ area: number; x: number; y: number } | undefined>(undefined);

export const standby = computed<ServiceStandby | undefined>(() =>
  service.value?.standby_points.find((one) => one.id === query("standby")),
);
export const showStandby = (id: string | null) => setQuery({ ...CLOSED, standby: id });

export const hospital = computed<ServiceHospital | undefined>(() =>
  service.value?.hospitals.find((one) => one.id === query("hospital")),
);
export const showHospital = (id: string | null) => setQuery({ ...CLOSED, hospital: id });

/** The two centres whose border is open: `oslo~drammen` in the address, either first. */
export const border = computed<Between | undefined>(() => {
  const [one, other] = (query("border") ?? "").split("~");
  const isCentre = (id: string | undefined) => study.value?.centres.some((centre) => centre.id === id);
  return one && other && one !== other && isCentre(one) && isCentre(other) ? { one, other } : undefined;
});
export const showBorder = (between: Between | null) =>
  setQuery({ ...CLOSED, border: between && `${between.one}~${between.other}` });

/** What can be put elsewhere on the map. */
export interface Movable extends Spot {
  readonly kind: "station" | "standby" | "hospital";
  readonly id: string;
  readonly name: string;
}
/** Something on its way: held by the pointer or by the keys. */
export interface Carried extends Spot {
  readonly kind: Movable["kind"];
  readonly id: string;
  readonly by: "pointer" | "keys";
}
/** Whether this is what is carried, and where it is held. */
export function heldPlace({ kind, id }: Pick<Movable, "kind" | "id">): Carried | undefined {
  const held = carried.value;
  return held?.kind === kind && held.id === id ? held : undefined;
}
export const carried = signal<Carried | undefined>(undefined);
/** Whether the next click on the map opens a station there. */
export const placing = signal(false);
/** What was just done, for those who do not see it. */
export const said = signal("");

// Signs that are told apart by shape and letter, not by colour alone.
import { t } from "../../state/language.ts";
import type { Doing } from "../units.ts";
import "./Mark.css";

const SHAPES: Readonly<Record<Doing, string>> = {
  free: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z",
  to_scene: "M12 1 23.5 22H.5Z",
  at_scene: "M3 3h18v18H3Z",
  patient: "M12 .5 23.5 12 12 23.5.5 12Z",
  out: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  unknown: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
};
const URGENCIES: Readonly<Record<string, string>> = {
  A: "M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9Z",
  H: "M2 3h20v18H2Z",
  V: "M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21Z",
};

/** What a unit does. */
export function UnitMark({ doing, stale = false }: { doing: Doing; stale?: boolean }) {
  return (
    <svg class={`mark unit ${doing}${stale ? " stale" : ""}`} viewBox="-1 -1 26 26" aria-hidden="true">
      <path d={SHAPES[doing]} />
      <text x="12" y={doing === "to_scene" ? 19.5 : 16.4}>
        {t(`live.letter_${doing}`)}
      </text>
    </svg>
  );
}

/** How urgent an incident is. */
export function UrgencyMark({ urgency }: { urgency: string | null }) {
  return (
    <svg class={`mark urgency ${urgency ?? "none"}`} viewBox="-1 -1 26 26" aria-hidden="true">
      <path d={URGENCIES[urgency ?? ""] ?? URGENCIES["V"]} />
      <text x="12" y="17">
        {urgency ?? "?"}
      </text>
    </svg>
  );
}

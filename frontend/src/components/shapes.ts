// What the panels are given, by the names that they use.
import type { Interval } from "../api/types.ts";

export type {
  AlternativeAnswer,
  Calendar,
  Card,
  Change,
  Edit,
  EditField,
  EditKind,
  EditLine,
  Flow,
  Gate,
  HourCurve,
  Named,
  PlaceRow,
  Roster,
} from "../api/types.ts";

/** A figure with its interval: null where there is none. */
export type Estimate = Interval;

export type Outcome = "meets" | "fails" | "undecided";

/** How far the simulation has come. */
export interface Progress {
  readonly replications: number;
  readonly wanted: number;
  readonly seconds: number;
}

// What the panels are given, by the names that they use.
import type { Interval } from "../api/types.ts";

export type {
  AlternativeAnswer,
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

/** The generated year: the largest number of units drawn in, by day and hour, 0 to 5. */
export interface Calendar {
  readonly first_day: string;
  readonly group: string;
  readonly levels: readonly (readonly number[])[];
}

export type Outcome = "meets" | "fails" | "undecided";

/** How far the simulation has come. */
export interface Progress {
  readonly replications: number;
  readonly wanted: number;
  readonly seconds: number;
}

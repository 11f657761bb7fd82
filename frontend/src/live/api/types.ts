// What the live server sends, by the names that the page uses; made of its own description.
import type { components } from "./schema.d.ts";

type Shapes = components["schemas"];

export type Ground = Shapes["LiveStudyOut"];
export type Source = Shapes["SourceOut"];
export type Unit = Shapes["UnitOut"];
export type Incident = Shapes["IncidentOut"];
export type Readiness = Shapes["ReadinessOut"];
export type Horizon = Shapes["HorizonOut"];
export type Arrival = Shapes["ArrivalOut"];
/** An event of the stream, which has no place in the server's description: ChangeOut. */
export interface Change {
  readonly number: number;
  readonly at_ms: number;
  readonly advice_on: boolean;
  readonly units: readonly Unit[];
  readonly incidents: readonly Incident[];
  readonly gone: readonly string[];
  readonly sources: readonly Source[];
}
export type Urgency = "A" | "H" | "V";

/** A unit that may be sent; shares are of people, and of expected acute calls, that nobody else reaches in time. */
export interface Choice {
  readonly unit: string;
  readonly centre: string;
  readonly expected_s: number;
  readonly people_lost: number;
  readonly calls_lost: number;
  readonly position_stale: boolean;
}

/** The body of a piece of advice about an incident. */
export interface SendAdvice {
  readonly deed: "send" | "ask" | "divert" | "wait" | "cannot_tell";
  readonly unit: string | null;
  readonly centre: string | null;
  readonly from_incident: string | null;
  readonly reason: string;
  readonly choices: readonly Choice[];
}

/** A move; shares are of all expected incidents. */
export interface Move {
  readonly unit: string;
  readonly from_station: string;
  readonly to_station: string;
  readonly gained: number;
  readonly lost: number;
  readonly drive_s: number;
  readonly km: number;
}

export type Deed = Shapes["DoneIn"]["deed"];
export interface Done {
  readonly deed: Deed;
  readonly unit: string | null;
  readonly why: string;
}

/** Advice as the log has it: who has seen it, and what a person did. */
export type Given<Body> = Omit<Shapes["GivenOut"], "advice" | "done"> & {
  readonly advice: Body;
  readonly done: Done | null;
};
export type SendGiven = Given<SendAdvice>;
export type MovesGiven = Given<{ readonly moves: readonly Move[] }>;
export const MOVES = "moves";

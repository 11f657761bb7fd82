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
export type Choice = Shapes["ChoiceOut"];
/** The body of a piece of advice about an incident. */
export type SendAdvice = Shapes["SendAdviceOut"];
/** A move; shares are of all expected incidents. */
export type Move = Shapes["MoveOut"];

/** What a person did about a piece of advice; who it was stands in the log. */
export type Done = Omit<Shapes["DoneOut"], "by">;
/** Advice as the log has it: who has seen it, and what a person did. */
export type SendGiven = Omit<Shapes["SendGivenOut"], "done"> & { readonly done: Done | null };
export type MovesGiven = Omit<Shapes["MovesGivenOut"], "done"> & { readonly done: Done | null };
export const MOVES = "moves";

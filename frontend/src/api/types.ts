// The shapes that the server sends, by the names that the screen uses. All but the stream of answers come from its own
// description. `edits` are objects exactly as in an alternative's TOML file.
import type { FeatureCollection, LineString, MultiPolygon, Polygon } from "geojson";
import type { Language } from "../numbers/marks.ts";
import type { components } from "./schema.d.ts";

export type { Language } from "../numbers/marks.ts";
type Shapes = components["schemas"];

export type Texts = Readonly<Partial<Record<Language, string>>> | Readonly<Record<string, string>>;
export type Edit = Readonly<{ edit: string } & Record<string, unknown>>;

export type Issue = Shapes["Fault"];
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly status?: number;
  readonly issues?: readonly Issue[];
}

export type StudyHead = Shapes["StudyHead"];
export type Named = Shapes["Named"];
export type Target = Shapes["TargetOut"];
export type Group = Shapes["GroupOut"];
export type RosterShift = Shapes["ShiftOut"];
export type Roster = Shapes["RosterOut"];
export type Hospital = Shapes["HospitalOut"];
export type AlternativeHead = Omit<Shapes["AlternativeHead"], "edits"> & { readonly edits: readonly Edit[] };
export type Study = Omit<Shapes["StudyOut"], "alternatives"> & {
  readonly alternatives: readonly AlternativeHead[];
};

export type EditField = Shapes["EditField"];
export type EditKind = Shapes["EditForm"];

export type Service = Shapes["ServiceOut"];
export type EditLine = Shapes["Line"];
export type ServiceStation = Shapes["StationOut"];
export type ServicePoint = Shapes["StandbyOut"];
export type ServiceUnit = Shapes["UnitOut"];
export type Drives = Shapes["DrivesOut"];

export type AreaProperties = Shapes["CellProperties"];
export type StudyMap = Omit<Shapes["MapOut"], "areas" | "outlines" | "roads"> & {
  readonly areas: FeatureCollection<Polygon, AreaProperties>;
  readonly outlines: FeatureCollection<Polygon | MultiPolygon, Shapes["OutlineProperties"]>;
  readonly roads: FeatureCollection<LineString, Shapes["RoadProperties"]>;
};

/** A mean over replications with its interval; null where it is not known. */
export interface Interval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
/** `changed` is clearly another where nobody can say which is better. */
export type Change = "better" | "worse" | "unclear" | "none" | "changed";
export type Hours = readonly (number | null)[];

export interface Card {
  readonly id: string;
  readonly title: string;
  /** Whom it is about. */
  readonly group: string;
  readonly unit: string;
  readonly value: Interval;
  readonly against: Interval;
  readonly difference: Interval;
  readonly change: Change;
  readonly by_hour: Hours | null;
  readonly against_by_hour: Hours | null;
  readonly help: { readonly definition: string; readonly source: string; readonly computed: string };
}
export interface PlaceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: "all" | "group" | "municipality" | "district";
  readonly people: number;
  readonly incidents: number | null;
  readonly share: Interval;
  readonly p90_s: Interval;
  readonly mean_s: Interval;
  readonly difference_share: Interval;
  readonly difference_p90_s: Interval;
  readonly difference_mean_s: Interval;
  readonly within_more: Interval;
  readonly change: Change;
}
export interface GateRow {
  readonly group: string;
  readonly name: string;
  readonly measure: string;
  readonly title: string;
  readonly unit: "share" | "s";
  readonly difference: Interval;
  readonly margin: number;
  readonly outcome: "meets" | "fails" | "undecided";
}
export interface Gate {
  readonly outcome: "meets" | "fails" | "undecided";
  readonly mark: string;
  readonly title: string;
  readonly answer: string;
  readonly lines: readonly string[];
  /** Not all replications are there yet. */
  readonly provisional: boolean;
  readonly rows: readonly GateRow[];
}
export interface HourCurve {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly unit: string;
  readonly value: Hours;
  readonly low: Hours;
  readonly high: Hours;
  readonly against: Hours;
}
export interface Flow {
  readonly organisation: string;
  readonly municipality: string;
  readonly missions: number;
  readonly against: number;
}
export interface UnitUse {
  readonly unit: string;
  readonly station: string;
  readonly organisation: string;
  readonly missions: number;
  readonly utilisation: number | null;
  readonly against: number | null;
}
/** Units from outside at work at once, hour by hour of a generated year; 5 stands for five or more. */
export interface Calendar {
  readonly start: string;
  readonly levels: readonly (readonly number[])[];
  readonly against: readonly (readonly number[])[];
}
export interface AlternativeAnswer {
  readonly id: string;
  readonly sentence: string;
  /** They begin with `sentence`. */
  readonly sentences: readonly string[];
  readonly gate: Gate | null;
  readonly cards: readonly Card[];
  readonly places: readonly PlaceRow[];
  readonly hours: readonly HourCurve[];
  readonly areas: { readonly mean_s: Hours; readonly share: Hours; readonly difference_s: Hours };
  readonly flows: readonly Flow[];
  readonly units: readonly UnitUse[];
  readonly calendar: Calendar | null;
}
export interface Answer {
  readonly replications: number;
  readonly wanted: number;
  readonly seconds: number;
  readonly fingerprint: string;
  readonly seed: number;
  readonly against: string;
  readonly urgency: string;
  readonly alternatives: readonly AlternativeAnswer[];
}

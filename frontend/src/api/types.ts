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

export interface Interval {
  value: number | null;
  low: number | null;
  high: number | null;
}
export type Change = "better" | "worse" | "unclear" | "none";
export interface Card {
  id: string;
  title: string;
  unit: string;
  value: Interval;
  against: Interval | null;
  difference: Interval | null;
  change: Change;
  by_hour: readonly (number | null)[] | null;
  against_by_hour: readonly (number | null)[] | null;
  help: { definition: string; source: string; computed: string };
}
export interface PlaceRow {
  id: string;
  name: string;
  kind: string;
  people: number | null;
  share: Interval;
  p90_s: number | null;
  mean_s: number | null;
  difference_share?: Interval | null;
  difference_p90_s?: number | null;
  difference_mean_s?: Interval | number | null;
  change: Change;
  incidents: number | null;
}
export interface Gate {
  outcome: "meets" | "fails" | "undecided";
  mark: string;
  title: string;
  answer: string;
  lines: readonly string[];
}
export interface HourCurve {
  id: string;
  title: string;
  unit: string;
  values: readonly (number | null)[];
  against?: readonly (number | null)[] | null;
}
export interface Flow {
  organisation: string;
  municipality: string;
  missions: number;
  against?: number | null;
}
export interface UnitUse {
  id: string;
  station: string;
  utilisation: number | null;
}
export interface AlternativeAnswer {
  id: string;
  sentence: string;
  sentences: readonly string[];
  gate: Gate | null;
  cards: readonly Card[];
  places: readonly PlaceRow[];
  hours: readonly HourCurve[];
  areas: {
    mean_s: readonly (number | null)[];
    share: readonly (number | null)[] | null;
    difference_s: readonly (number | null)[] | null;
  };
  flows: readonly Flow[];
  units: readonly UnitUse[];
}
export interface Answer {
  replications: number;
  wanted: number;
  seconds: number;
  fingerprint: string;
  against: string;
  alternatives: readonly AlternativeAnswer[];
}

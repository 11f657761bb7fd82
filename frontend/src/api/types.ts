// The shapes that the server sends, by the names that the screen uses: made of its own description. `edits` are objects exactly as in an alternative's TOML file.
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
  /** Of title and detail; undefined where they are the page's own. */
  readonly language?: string;
}

export type StudyHead = Shapes["StudyHead"];
export type Named = Shapes["Named"];
export type Target = Shapes["TargetOut"];
export type Group = Shapes["GroupOut"];
export type Roster = Shapes["RosterOut"];
export type AlternativeHead = Omit<Shapes["AlternativeHead"], "edits"> & { readonly edits: readonly Edit[] };
export type Study = Omit<Shapes["StudyOut"], "alternatives"> & {
  readonly alternatives: readonly AlternativeHead[];
};

export type EditField = Shapes["EditField"];
export type EditKind = Shapes["EditForm"];

export type Service = Shapes["ServiceOut"];
export type EditLine = Shapes["Line"];
export type ServiceStation = Shapes["StationOut"];
export type ServiceStandby = Shapes["StandbyOut"];
export type ServiceHospital = Shapes["ServiceHospitalOut"];
export type HospitalOut = Shapes["HospitalOut"];
export type Drives = Shapes["DrivesOut"];

export type AreaProperties = Shapes["CellProperties"];
export type StudyMap = Omit<Shapes["MapOut"], "areas" | "outlines" | "roads"> & {
  readonly areas: FeatureCollection<Polygon, AreaProperties>;
  readonly outlines: FeatureCollection<Polygon | MultiPolygon, Shapes["OutlineProperties"]>;
  readonly roads: FeatureCollection<LineString, Shapes["RoadProperties"]>;
};

/** A mean over replications with its interval; null where it is not known. */
export type Interval = Shapes["EstimateOut"];
export type Hours = readonly (number | null)[];

export type Card = Shapes["Card"];
export type Change = Card["change"];
export type PlaceRow = Shapes["PlaceRow"];
export type GateRow = Shapes["GateRowOut"];
export type Gate = Shapes["GateAnswer"];
export type HourCurve = Shapes["HourCurve"];
export type Flow = Shapes["Flow"];
export type UnitUse = Shapes["UnitUse"];
export type Calendar = Shapes["Calendar"];
export type AlternativeAnswer = Shapes["AlternativeAnswer"];
export type Answer = Shapes["Answer"];

// What the server says and is told. `edits` are objects exactly as in an alternative's TOML file.
import type { FeatureCollection, Polygon } from "geojson";
import type { Language } from "../numbers/marks.ts";

export type { Language } from "../numbers/marks.ts";
export type Texts = Readonly<Partial<Record<Language, string>>>;

export type Edit = Readonly<{ edit: string } & Record<string, unknown>>;

export interface Problem {
  title: string;
  detail: string;
  status?: number;
  issues?: readonly Issue[];
}
export interface Issue {
  message: string;
  remedy?: string | null;
}

export interface StudyHead {
  id: string;
  title: Texts;
  year: number;
  folder: string;
  bundled_copy: boolean;
  fingerprint: string;
}
export interface Named {
  id: string;
  name: string;
}
export interface Place extends Named {
  lat: number;
  lon: number;
}
export interface Target {
  urgency: string;
  where: string;
  minutes: number;
  share: number;
}
export interface Group {
  id: string;
  name: Texts;
  kind: "all" | "municipality" | "district" | "group";
}
export interface RosterShift {
  weekdays: readonly number[];
  start_s: number;
  end_s: number;
}
export interface Roster {
  id: string;
  text: string;
  shifts: readonly RosterShift[];
}
export interface AlternativeHead {
  id: string;
  title: Texts;
  description: Texts;
  note: Texts;
  edits: readonly Edit[];
  colour: number;
  fingerprint?: string;
}
export interface Study extends StudyHead {
  languages: readonly Language[];
  base_title: Texts;
  targets: readonly Target[];
  replications: number;
  region: { south: number; west: number; north: number; east: number };
  gate: Readonly<Record<string, unknown>> | null;
  urgencies: readonly string[];
  groups: readonly Group[];
  organisations: readonly Named[];
  centres: readonly Named[];
  municipalities: readonly Named[];
  districts: readonly Named[];
  unit_kinds: readonly { id: string; name: Texts }[];
  rosters: readonly Roster[];
  hospitals: readonly Place[];
  alternatives: readonly AlternativeHead[];
}

export interface EditField {
  key: string;
  type: string;
  unit?: string | null;
  minimum?: string | number | null;
  maximum?: string | number | null;
  default?: unknown;
  required: boolean;
  refers_to?: string | readonly string[] | null;
  choices?: readonly string[] | null;
  description: Texts;
}
export interface EditKind {
  kind: string;
  title: Texts;
  fields: readonly EditField[];
}

export interface ServiceStation extends Place {
  organisation: string;
  centre: string;
  units: number;
  basis?: string | null;
  moved: boolean;
  opened: boolean;
  closed: boolean;
  base_lat?: number | null;
  base_lon?: number | null;
}
export interface ServicePoint extends Place {
  centre: string;
  opened?: boolean;
  closed?: boolean;
}
export interface ServiceUnit {
  id: string;
  station: string;
  kind: string;
  roster: string;
  added: boolean;
  removed: boolean;
}
export interface EditLine {
  text: string;
  complaints: readonly Issue[];
}
export interface Service {
  fingerprint: string;
  lines: readonly EditLine[];
  complaints: readonly Issue[];
  stations: readonly ServiceStation[];
  standby_points: readonly ServicePoint[];
  units: readonly ServiceUnit[];
  areas_centre: readonly number[];
  border_rules: readonly Readonly<Record<string, unknown>>[];
}

export interface AreaProperties {
  area: string;
  municipality: string;
  district: string;
  people: number;
  people_65?: number;
  calls_a: number;
  centre: string;
  organisation: string;
  nearest: string;
}
export interface StudyMap {
  fingerprint?: string;
  areas: FeatureCollection<Polygon, AreaProperties>;
  outlines: FeatureCollection;
  roads: FeatureCollection;
  order: readonly string[];
}
export interface Drives {
  seconds: readonly (number | null)[];
  node?: string;
  lat?: number;
  lon?: number;
}

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

/** Small answers for the tests of the panels: figures that nobody simulated. */
import type { Gate, HourCurve, Issue, UnitUse } from "../api/types.ts";
import type { AlternativeAnswer, Card, Edit, EditField, EditKind, PlaceRow } from "./shapes.ts";

export const estimate = (value: number, half = 0) => ({ value, low: value - half, high: value + half });

const hours = (from: number) => Array.from({ length: 24 }, (_, hour) => from + 0.001 * hour);

export function someCard(given: Partial<Card> = {}): Card {
  return {
    id: "within_target",
    title: "Within target",
    group: "Asker",
    unit: "share",
    value: estimate(0.862, 0.004),
    against: estimate(0.849, 0.004),
    difference: estimate(0.013, 0.004),
    change: "better",
    by_hour: hours(0.84),
    against_by_hour: hours(0.83),
    help: { definition: "What it is", source: "tables", computed: "mean of years" },
    ...given,
  };
}

export function somePlace(id: string, difference: number, given: Partial<PlaceRow> = {}): PlaceRow {
  const clear = Math.abs(difference) > 0.002;
  return {
    id,
    name: id,
    kind: "municipality",
    people: 1240,
    incidents: 300,
    share: estimate(0.8 + difference, 0.01),
    p90_s: estimate(900, 10),
    mean_s: estimate(600 - 1000 * difference, 5),
    difference_share: estimate(difference, 0.002),
    difference_p90_s: estimate(-1000 * difference, 5),
    within_more: estimate(1000 * difference, 2),
    difference_mean_s: estimate(-1000 * difference, 5),
    change: clear ? (difference > 0 ? "better" : "worse") : "unclear",
    ...given,
  };
}

export const someGate = (outcome: Gate["outcome"], answer: string, given: Partial<Gate> = {}): Gate => ({
  outcome,
  mark: "",
  title: "Alternative 2",
  answer,
  lines: ["why"],
  provisional: false,
  rows: [],
  ...given,
});

export const someCurve = (): HourCurve => ({
  id: "mean",
  title: "Mean response",
  group: "Asker",
  unit: "s",
  value: hours(600),
  low: hours(590),
  high: hours(610),
  against: hours(650),
});

export const someUnit = (unit: string, station: string, utilisation: number): UnitUse => ({
  unit,
  station,
  organisation: "vv",
  missions: 900,
  utilisation,
  against: null,
});

export function someAnswer(given: Partial<AlternativeAnswer> = {}): AlternativeAnswer {
  return {
    id: "2",
    sentence: "With 2, more patients are reached in time.",
    sentences: ["With 2, more patients are reached in time.", "Nobody waits longer."],
    gate: someGate("meets", "Meets premise 1"),
    cards: [someCard()],
    places: [somePlace("Asker", -0.02), somePlace("Bærum", 0.03), somePlace("Oslo", 0)],
    hours: [someCurve()],
    flows: [
      { organisation: "OUS", municipality: "Bærum", missions: 900, against: 1400 },
      { organisation: "VV", municipality: "Asker", missions: 500, against: 100 },
    ],
    areas: { mean_s: [], share: [], difference_s: [] },
    simultaneity: [],
    units: [someUnit("asker-1", "Asker", 0.31), someUnit("sentrum-1", "Sentrum", 0.52)],
    calendar: null,
    ...given,
  };
}

const field = (key: string, type: string, more: Partial<EditField> = {}): EditField => ({
  key,
  type,
  unit: "",
  minimum: null,
  maximum: null,
  default: null,
  required: true,
  names_new: false,
  refers_to: [],
  any: type === "any_id",
  choices: [],
  name: { en: key },
  description: { en: `About ${key}.` },
  ...more,
});

const refersTo = (table: string) => ({ refers_to: [{ table, column: "id" }] });
const choice = (value: string) => ({ value, name: { en: value } });

export const OPEN_STATION: EditKind = {
  kind: "open_station",
  group: "stations",
  title: { en: "Open a station" },
  fields: [
    field("id", "id", { names_new: true }),
    field("name", "text"),
    field("lat", "float", { minimum: -90, maximum: 90, unit: "degrees" }),
    field("lon", "float", { minimum: -180, maximum: 180, unit: "degrees" }),
    field("organisation", "id", refersTo("organisations")),
    field("basis", "choice", {
      choices: [choice("published"), choice("assumed")],
      default: "assumed",
      required: false,
    }),
  ],
};

export const ADD_UNIT: EditKind = {
  kind: "add_unit",
  group: "units",
  title: { en: "Add a unit" },
  fields: [
    field("id", "id", { names_new: true }),
    field("station", "id", refersTo("stations")),
    field("roster", "id", refersTo("rosters")),
  ],
};

export const ADD_ROSTER: EditKind = {
  kind: "add_roster",
  group: "units",
  title: { en: "Add a roster" },
  fields: [field("id", "id", { names_new: true }), field("shifts", "shifts")],
};

export const SET_BORDER: EditKind = {
  kind: "set_border_policy",
  group: "borders",
  title: { en: "Change the rules at a border" },
  fields: [
    field("asking_centre", "any_id", refersTo("centres")),
    field("policy", "choice", {
      choices: ["seamless", "own_first", "own_only"].map(choice),
      required: false,
    }),
    field("margin_s", "float", { minimum: 0, maximum: 7200, unit: "s", required: false }),
    field("start", "clock", { maximum: 86_340, required: false }),
    field("weekdays", "weekdays", { default: "mon-sun", required: false }),
    field("home_stations", "ids", { ...refersTo("stations"), required: false }),
    field("divert", "texts", { required: false }),
  ],
};

export const EDIT_KINDS: readonly EditKind[] = [OPEN_STATION, ADD_UNIT, SET_BORDER];

/** Something wrong, as the server tells it. */
export const someIssue = (message: string, remedy: string): Issue => ({
  message,
  remedy,
  count: 1,
  field: "",
  file: "",
  kind: "",
  language: "en",
  row: null,
  severity: "error",
  value: "",
});

export const SOME_EDITS: Edit[] = [
  { edit: "move_unit", unit: "asker-1", station: "saetre" },
  { edit: "remove_unit", unit: "sentrum-5" },
];

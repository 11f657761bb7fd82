// Siting, dimensioning, rosters and major incidents: what can be asked, and what was answered.
import { readPlayback, type PlaybackFile } from "../playback/file.ts";
import { sending, spoken } from "./client.ts";
import { ProblemError, problemOf } from "./problem.ts";
import type { Job } from "./runs.ts";
import type { components } from "./schema.d.ts";

type Shapes = components["schemas"];
export type SiteQuestion = Shapes["SiteQuestion"];
export type ModelList = Shapes["ModelList"];
export type SitingModel = Shapes["ModelOut"];
export type ModelSetting = Shapes["SettingOut"];
export type Siting = Shapes["SitingOut"];
export type SiteAnswer = Shapes["SiteAnswerOut"];
export type SitePlace = Shapes["SiteOut"];
export type TradeOff = Shapes["TradeOffOut"];
export type Cover = Shapes["CoverOut"];
export type FormShape = Shapes["FormOut"];
export type DimensionQuestion = Shapes["DimensionQuestion"];
export type Dimensioning = Shapes["DimensioningOut"];
export type Scenario = Shapes["ScenarioOut"];
export type Cell = Shapes["CellOut"];
export type RosterQuestion = Shapes["RosterQuestion"];
export type Rostering = Shapes["RosteringOut"];
export type StationRosters = Shapes["StationRostersOut"];
export type StationRoster = Shapes["RosterOfStation"];
export type RosterRules = Shapes["RulesOut"];
export type MajorQuestion = Shapes["MajorQuestion"];
export type PlaceAsked = Shapes["PlaceAsked"];
export type HospitalTakes = Shapes["HospitalTakes"];
export type NeededAsked = Shapes["NeededAsked"];
export type LocalNamed = Shapes["LocalNamed"];
export type MajorOptions = Shapes["MajorOptions"];
export type Major = Shapes["MajorOut"];
/** What an alternative does in a major incident. */
export type MajorAnswer = Shapes["MajorAnswerOut"];
export type MajorMeasure = Shapes["MajorMeasureOut"];
export type MajorLoad = Shapes["LoadOut"];
export type TaskQuestion = Shapes["TaskQuestion"];
export type TaskOptions = Shapes["TaskOptions"];
/** How many planned tasks a day a service can carry. */
export type Capacity = Shapes["CapacityOut"];
export type Carried = Shapes["CarriedOut"];
export type PolicyQuestion = Shapes["PolicyQuestion"];
export type PolicyOptions = Shapes["PolicyOptions"];
/** Rules for free units beside one another. */
export type Policies = Shapes["PoliciesOut"];
export type Rule = Shapes["ComparedRule"];
export type AnswerFile = Shapes["AnswerFile"];
/** Something that can be made an alternative. */
export type Plan = Shapes["Plan"];

const part = encodeURIComponent;

async function json<T>(path: string, options: RequestInit = {}): Promise<T> {
  const response = await fetch(`/api${path}`, { headers: spoken(), ...options });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as T;
}

/** Which part of an answer of siting is looked at: one of the best, or a point of the trade-off; both count from 1. */
export type Looked = { readonly answer: number } | { readonly point: number };

export const analysesClient = {
  models: () => json<ModelList>("/siting/models"),
  site: (study: string, question: SiteQuestion) =>
    json<Job>(`/studies/${part(study)}/sitings`, sending("POST", question)),
  siting: (id: string) => json<Siting>(`/sitings/${part(id)}`),
  cover: (id: string, looked: Looked) =>
    json<Cover>(
      `/sitings/${part(id)}/cover?${"answer" in looked ? `answer=${looked.answer}` : `point=${looked.point}`}`,
    ),
  dimension: (study: string, question: DimensionQuestion) =>
    json<Job>(`/studies/${part(study)}/dimensionings`, sending("POST", question)),
  dimensioning: (id: string) => json<Dimensioning>(`/dimensionings/${part(id)}`),
  rosterRules: () => json<RosterRules>("/rosters/rules"),
  makeRosters: (study: string, question: RosterQuestion) =>
    json<Job>(`/studies/${part(study)}/rosterings`, sending("POST", question)),
  majorOptions: (study: string) => json<MajorOptions>(`/studies/${part(study)}/majors/options`),
  answerMajor: (study: string, question: MajorQuestion) =>
    json<Job>(`/studies/${part(study)}/majors`, sending("POST", question)),
  major: (id: string) => json<Major>(`/majors/${part(id)}`),
  majorPlayback: async (id: string, alternative: string) =>
    readPlayback(await json<PlaybackFile>(`/majors/${part(id)}/playback/${part(alternative)}`)),
  taskOptions: (study: string) => json<TaskOptions>(`/studies/${part(study)}/capacities/options`),
  carryTasks: (study: string, question: TaskQuestion) =>
    json<Job>(`/studies/${part(study)}/capacities`, sending("POST", question)),
  capacity: (id: string) => json<Capacity>(`/capacities/${part(id)}`),
  policyOptions: (study: string) => json<PolicyOptions>(`/studies/${part(study)}/policies/options`),
  comparePolicies: (study: string, question: PolicyQuestion) =>
    json<Job>(`/studies/${part(study)}/policies`, sending("POST", question)),
  policies: (id: string) => json<Policies>(`/policies/${part(id)}`),
  rostering: (id: string) => json<Rostering>(`/rosterings/${part(id)}`),
  /** Ids of analyses of a study that has changed since. */
  outgrown: async (study: string) => {
    const found = await json<Shapes["Standings"]>(`/studies/${part(study)}/analyses`);
    return found.analyses.filter((one) => one.is_stale).map((one) => one.id);
  },
  files: async (id: string) => (await json<Shapes["AnswerFiles"]>(`/analyses/${part(id)}/files`)).files,
};

/** Where a file of an analysis is fetched. */
export const answerFileLink = (id: string, name: string): string =>
  `/api/analyses/${part(id)}/files/${part(name)}`;

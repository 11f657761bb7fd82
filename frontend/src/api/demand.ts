// People and demand of a study, and forecasts of its mission logs.
import { sending } from "./client.ts";
import { json, type Job } from "./runs.ts";
import type { components } from "./schema.d.ts";

type Shapes = components["schemas"];
export type Demand = Shapes["DemandOut"];
export type WholeChapter = Shapes["WholeChapter"];
export type LogForecast = Shapes["LogForecast"];
export type ForecastQuestion = Shapes["ForecastQuestion"];

const part = encodeURIComponent;

export const demandClient = {
  demand: (study: string, lang: string, to: readonly number[]) =>
    json<Demand>(`/studies/${part(study)}/demand?lang=${lang}&to=${to.join(",")}`),
  ask: (study: string, log: string, question: ForecastQuestion) =>
    json<Job>(`/studies/${part(study)}/logs/${part(log)}/forecasts`, sending("POST", question)),
  forecast: (study: string, id: string, lang: string) =>
    json<LogForecast>(`/studies/${part(study)}/forecasts/${part(id)}?lang=${lang}`),
};

/** Where a file of a forecast is fetched. */
export const forecastFileLink = (study: string, id: string, name: string): string =>
  `/api/studies/${part(study)}/forecasts/${part(id)}/files/${part(name)}`;

// The roads of a study, and what is reached from a place.
import { ProblemError, problemOf } from "./problem.ts";
import { spoken } from "./client.ts";
import type { components } from "./schema.d.ts";

type Shapes = components["schemas"];
export type Roads = Shapes["RoadsOut"];
export type SpeedRow = Shapes["SpeedRow"];
export type FaultReason = Shapes["FaultReason"];
export type RoadProject = Shapes["RoadProjectOut"];
export type Reach = Shapes["ReachAnswer"];

/** What reach is asked for; `from` is latitude and longitude. */
export interface ReachQuestion {
  readonly from: { readonly lat: number; readonly lon: number };
  readonly purpose: string;
  readonly period: string;
  readonly alternative: string;
}

async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`/api${path}`, { headers: spoken(), ...(signal ? { signal } : {}) });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as T;
}

const part = encodeURIComponent;

export const askRoads = (study: string) => ask<Roads>(`/studies/${part(study)}/roads`);

export function askReach(study: string, asked: ReachQuestion, signal?: AbortSignal): Promise<Reach> {
  const { from, purpose, period, alternative } = asked;
  const query = new URLSearchParams({
    lat: String(from.lat),
    lon: String(from.lon),
    purpose,
    period,
    alternative,
  });
  return ask<Reach>(`/studies/${part(study)}/roads/reach?${query.toString()}`, signal);
}

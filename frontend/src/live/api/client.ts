// The live server's routes as functions.
import { sending, spoken } from "../../api/client.ts";
import { ProblemError, problemOf } from "../../api/problem.ts";
import type { StudyMap } from "../../api/types.ts";
import type { Arrival, Done, Ground, MovesGiven, Readiness, SendGiven, Urgency } from "./types.ts";

async function ask(path: string, options: RequestInit = { headers: spoken() }): Promise<unknown> {
  const response = await fetch(`/api/live/${path}`, options);
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response.status === 204 ? undefined : response.json();
}

const part = encodeURIComponent;

export const CHANGES = "/api/live/changes";

export const live = {
  ground: async () => (await ask("study")) as Ground,
  map: async () => (await ask("map")) as StudyMap,
  readiness: async (urgency: Urgency) => (await ask(`readiness?urgency=${urgency}`)) as Readiness,
  arrivals: async () => ((await ask("arrivals")) as { arrivals: readonly Arrival[] }).arrivals,
  switchAdvice: async (on: boolean) => {
    await ask("advice", sending("PUT", { on }));
  },
  /** The newest first. */
  advice: async (most: number) =>
    ((await ask(`advice?most=${most}`)) as { advice: readonly (SendGiven | MovesGiven)[] }).advice,
  sending: async (incident: string) => (await ask(`advice/sending/${part(incident)}`)) as SendGiven,
  moves: async () => (await ask("advice/moves")) as MovesGiven,
  done: async (advice: string, done: Done) => {
    await ask(`advice/${part(advice)}/done`, sending("PUT", done));
  },
};

// Long work and what comes of it: jobs, and the chapters and files of runs.
import { sending, spoken } from "./client.ts";
import { ProblemError, problemOf } from "./problem.ts";
import type { components } from "./schema.d.ts";

type Shapes = components["schemas"];
export type Job = Shapes["JobOut"];
export type JobState = Job["state"];
export type ChapterHead = Shapes["ChapterHead"];
export type RunFile = Shapes["RunFile"];
export type Consequences = Shapes["Consequences"];
export type RunQuestion = Shapes["RunQuestion"];

const part = encodeURIComponent;

export async function get(path: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(`/api${path}`, { headers: spoken(), ...options });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response;
}

export async function json<T>(path: string, options: RequestInit = {}): Promise<T> {
  return (await (await get(path, options)).json()) as T;
}

export const runsClient = {
  jobs: async () => (await json<{ jobs: readonly Job[] }>("/jobs")).jobs,
  start: (study: string, question: RunQuestion) =>
    json<Job>(`/studies/${part(study)}/runs`, sending("POST", question)),
  cancel: (job: string) => json<Job>(`/jobs/${part(job)}`, sending("DELETE")),
  again: (job: string) => json<Job>(`/jobs/${part(job)}/again`, sending("POST")),
  remove: (job: string) => get(`/jobs/${part(job)}/result`, sending("DELETE")),
  chapters: async (run: string, lang: string) =>
    (await json<{ chapters: readonly ChapterHead[] }>(`/runs/${part(run)}/chapters?lang=${lang}`)).chapters,
  chapter: async (run: string, chapter: string, lang: string) =>
    (await get(`/runs/${part(run)}/chapters/${part(chapter)}?lang=${lang}`)).text(),
  consequences: (run: string, lang: string) =>
    json<Consequences>(`/runs/${part(run)}/consequences?lang=${lang}`),
  files: async (run: string) => (await json<{ files: readonly RunFile[] }>(`/runs/${part(run)}/files`)).files,
};

/** Where a file of a run is fetched. */
export const fileLink = (run: string, name: string): string =>
  `/api/runs/${part(run)}/files/${name.split("/").map(part).join("/")}`;

/**
 * Follow a job until it has ended; the server tells the whole of it at every change. A line that breaks is told: the
 * browser tries again by itself, unless `isOver`, as when somebody between here and the server answers in its place.
 */
export function followJob(
  job: string,
  onChange: (job: Job) => void,
  onLost: (isOver: boolean) => void,
): () => void {
  const source = new EventSource(`/api/jobs/${part(job)}/events`);
  source.addEventListener("error", () => onLost(source.readyState === EventSource.CLOSED));
  source.addEventListener("job", (event: MessageEvent<string>) => {
    const now = JSON.parse(event.data) as Job;
    onChange(now);
    if (hasEnded(now)) source.close();
  });
  return () => source.close();
}

export const hasEnded = (job: Job): boolean => job.state !== "waiting" && job.state !== "running";

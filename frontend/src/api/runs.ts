// Long work and what comes of it: jobs, and the chapters and files of runs.
import { sending } from "./client.ts";
import { ProblemError, problemOf } from "./problem.ts";
import type { Problem, Texts } from "./types.ts";

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted";

/** Times are seconds since 1970; `left_s` is about how many more it takes, null while nobody can tell. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly kind_text: Texts;
  readonly study: string;
  readonly fingerprint: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly state: JobState;
  readonly state_text: Texts;
  readonly asked_s: number;
  readonly begun_s: number | null;
  readonly ended_s: number | null;
  readonly left_s: number | null;
  /** Jobs that come before one that waits. */
  readonly ahead: number;
  readonly progress: { readonly stage: Texts; readonly done: number; readonly total: number } | null;
  readonly said: readonly string[];
  readonly can_again: boolean;
  readonly problem: Problem | null;
  readonly summary: Readonly<Record<string, unknown>> | null;
}

export interface ChapterHead {
  readonly id: string;
  readonly title: string;
  readonly finding: string;
}

export interface RunFile {
  readonly name: string;
  readonly size_bytes: number;
}

export interface RunQuestion {
  readonly alternatives: readonly string[];
  readonly replications: number | null;
}

const part = encodeURIComponent;

async function get(path: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(`/api${path}`, options);
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response;
}

async function json<T>(path: string, options: RequestInit = {}): Promise<T> {
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
  files: async (run: string) => (await json<{ files: readonly RunFile[] }>(`/runs/${part(run)}/files`)).files,
};

/** Where a file of a run is fetched. */
export const fileLink = (run: string, name: string): string =>
  `/api/runs/${part(run)}/files/${name.split("/").map(part).join("/")}`;

/** Follow a job until it has ended; the server tells the whole of it at every change. */
export function followJob(job: string, onChange: (job: Job) => void): () => void {
  const source = new EventSource(`/api/jobs/${part(job)}/events`);
  source.addEventListener("job", (event: MessageEvent<string>) => {
    const now = JSON.parse(event.data) as Job;
    onChange(now);
    if (hasEnded(now)) source.close();
  });
  return () => source.close();
}

export const hasEnded = (job: Job): boolean => job.state !== "waiting" && job.state !== "running";

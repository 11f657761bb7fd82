// Mission logs: what there is, sent to the server, imported, counted and reviewed.
import { sending, spoken } from "./client.ts";
import { CSRF_HEADER, csrfToken } from "./csrf.ts";
import { ProblemError, UNREACHABLE } from "./problem.ts";
import { get, json, type ChapterHead, type Job, type RunFile } from "./runs.ts";
import type { components } from "./schema.d.ts";
import type { Problem } from "./types.ts";

type Shapes = components["schemas"];
export type MissionLog = Shapes["LogOut"];
export type LogStore = Shapes["StoreOut"];
export type LogForms = Shapes["LogForms"];
export type Reading = Shapes["ReadingOut"];
export type Issues = Shapes["IssuesOut"];
export type Found = Shapes["FoundOut"];
export type Incoming = Shapes["IncomingList"];
export type Queue = Shapes["QueueOut"];
export type CaseList = Shapes["CaseList"];
export type Case = Shapes["CaseOut"];
export type CaseDetail = Shapes["CaseDetail"];
export type ImportQuestion = Shapes["ImportQuestion"];
export type ReportQuestion = Shapes["ReportQuestion"];
export type ReviewQuestion = Shapes["ReviewQuestion"];
export type StatusChange = Shapes["StatusChange"];
export type LinkedLog = Shapes["LinkedLog"];
export type LinkedFile = Shapes["LinkedFile"];

/** Files beside a log that its indicators are counted with. */
export type Beside = "roster" | "printed" | "catalogue";

/** Which cases a list shows; what is not given does not narrow it. */
export interface CaseFilter {
  readonly status: readonly string[];
  readonly rule: string;
  readonly unit: string;
  readonly municipality: string;
  readonly since: string;
  readonly until: string;
}

const part = encodeURIComponent;
const logsOf = (study: string) => `/studies/${part(study)}/logs`;
const at = (study: string, log: string) => `${logsOf(study)}/${part(log)}`;

/** A filter as the server reads it. */
export function filterQuery(filter: CaseFilter, limit?: number): string {
  const asked = new URLSearchParams();
  for (const one of filter.status) asked.append("status", one);
  for (const name of ["rule", "unit", "municipality", "since", "until"] as const)
    if (filter[name]) asked.append(name, filter[name]);
  if (limit !== undefined) asked.append("limit", String(limit));
  return asked.toString();
}

/** A file as the body of a request. */
const body = (method: string, file: Blob): RequestInit => ({
  method,
  headers: { ...spoken(), [CSRF_HEADER]: csrfToken(), "content-type": "application/octet-stream" },
  body: file,
});

export const logsClient = {
  forms: () => json<LogForms>("/log-forms"),
  role: async () => (await json<Shapes["SessionOut"]>("/session")).role,
  list: async (study: string) => (await json<{ logs: readonly MissionLog[] }>(logsOf(study))).logs,
  incoming: (study: string) => json<Incoming>(`${logsOf(study)}/incoming`),
  take: (study: string, name: string) =>
    json<MissionLog>(`${logsOf(study)}/incoming`, sending("POST", { name })),
  remove: (study: string, log: string) => get(at(study, log), sending("DELETE")),
  dropFile: (study: string, log: string) => json<MissionLog>(`${at(study, log)}/file`, sending("DELETE")),
  sendProfile: (study: string, log: string, profile: Blob) =>
    json<MissionLog>(`${at(study, log)}/profile`, body("PUT", profile)),
  sendBeside: (study: string, log: string, kind: Beside, file: File) =>
    json<MissionLog>(`${at(study, log)}/beside/${kind}?name=${part(file.name)}`, body("PUT", file)),
  dropBeside: (study: string, log: string, kind: Beside) =>
    json<MissionLog>(`${at(study, log)}/beside/${kind}`, sending("DELETE")),
  links: async (study: string, log: string) =>
    (await json<Shapes["LinkList"]>(`${at(study, log)}/links`)).links,
  setLinks: async (study: string, log: string, links: readonly LinkedLog[]) =>
    (await json<Shapes["LinkList"]>(`${at(study, log)}/links`, sending("PUT", { links }))).links,
  sendLinked: (study: string, log: string, file: File) =>
    json<LinkedFile>(
      `${at(study, log)}/links/file?name=${part(file.name)}&size=${file.size}`,
      body("PUT", file),
    ),
  reading: (study: string, log: string, profile: string) =>
    json<Reading>(`${at(study, log)}/reading?profile=${part(profile)}`),
  import: (study: string, log: string, question: ImportQuestion) =>
    json<Job>(`${at(study, log)}/import`, sending("POST", question)),
  issues: (study: string, log: string) => json<Issues>(`${at(study, log)}/issues`),
  report: (study: string, log: string, question: ReportQuestion) =>
    json<Job>(`${at(study, log)}/reports`, sending("POST", question)),
  chapters: async (study: string, log: string, report: string, lang: string) =>
    (
      await json<{ chapters: readonly ChapterHead[] }>(
        `${at(study, log)}/reports/${part(report)}/chapters?lang=${lang}`,
      )
    ).chapters,
  chapter: async (study: string, log: string, report: string, chapter: string, lang: string) =>
    (await get(`${at(study, log)}/reports/${part(report)}/chapters/${part(chapter)}?lang=${lang}`)).text(),
  files: async (study: string, log: string, report: string) =>
    (await json<{ files: readonly RunFile[] }>(`${at(study, log)}/reports/${part(report)}/files`)).files,
  queue: (study: string, log: string) => json<Queue>(`${at(study, log)}/review`),
  review: (study: string, log: string, question: ReviewQuestion) =>
    json<Job>(`${at(study, log)}/review`, sending("POST", question)),
  cases: (study: string, log: string, filter: CaseFilter, limit: number) =>
    json<CaseList>(`${at(study, log)}/review/cases?${filterQuery(filter, limit)}`),
  case: (study: string, log: string, id: string) =>
    json<CaseDetail>(`${at(study, log)}/review/cases/${part(id)}`),
  setStatus: (study: string, log: string, id: number, change: StatusChange) =>
    json<CaseDetail>(`${at(study, log)}/review/cases/${id}/status`, sending("POST", change)),
  comment: (study: string, log: string, id: number, text: string) =>
    json<CaseDetail>(`${at(study, log)}/review/cases/${id}/comments`, sending("POST", { text })),
};

/** Where a file that belongs to a log is fetched. */
export const logLink = (study: string, log: string, path: string): string => `/api${at(study, log)}/${path}`;

/** What can be told of a file on its way: bytes that have left. */
export type OnProgress = (sent: number) => void;

/** Send a log. A request of the old kind: it alone tells how much has left. */
export function sendLog(
  study: string,
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<MissionLog> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api${logsOf(study)}?name=${part(file.name)}&size=${file.size}`);
    request.setRequestHeader("accept-language", spoken()["accept-language"]);
    request.setRequestHeader(CSRF_HEADER, csrfToken());
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      const answer = parsed(request.responseText, request.status);
      if (request.status >= 200 && request.status < 300) resolve(answer as MissionLog);
      else reject(new ProblemError({ ...(answer as Problem), status: request.status }));
    };
    request.onerror = () => reject(new ProblemError({ ...UNREACHABLE, detail: "logs.add.cut" }));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

const TOO_LARGE = 413;

/** What was answered; another between here and the server, that takes no such file, says so in no JSON. */
function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return status === TOO_LARGE
      ? { title: "server.too_large.title", detail: "server.too_large.detail" }
      : UNREACHABLE;
  }
}

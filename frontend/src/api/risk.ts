// The risk analysis that is filled in together: what is asked, the picture of it, and one's own answers.
import { sending, spoken } from "./client.ts";
import { readEvents } from "./events.ts";
import { ProblemError, problemOf } from "./problem.ts";
import type { components } from "./schema.d.ts";

type Shapes = components["schemas"];
export type RiskForm = Shapes["RiskFormOut"];
export type RiskEvent = Shapes["RiskEventOut"];
export type RiskLevel = Shapes["RiskLevelOut"];
export type RiskPicture = Shapes["RiskPictureOut"];
export type Spread = Shapes["SpreadOut"];
export type Assessor = Shapes["AssessorOut"];
export type OwnAnswer = Shapes["OwnAnswer"];
export type Deed = Shapes["RiskDeed"];
export type Stage = Spread["stage"];
/** What one assessor answers; null where nothing is given. */
export type RiskAnswer = {
  readonly [Key in keyof Shapes["AnswerIn"]]-?: NonNullable<Shapes["AnswerIn"][Key]> | null;
};
export type Same = "refuse" | "replace" | "renumber";

/** One assessor's answer to one event under one alternative. */
export interface Question {
  readonly role: string;
  readonly number: number;
  readonly event: string;
  readonly alternative: string;
}

const part = encodeURIComponent;
const base = (study: string) => `/api/studies/${part(study)}/risk`;
const place = (study: string, { role, number, event, alternative }: Question) =>
  `${base(study)}/assessors/${part(role)}/${number}/answers/${part(event)}/${part(alternative)}`;

async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { headers: spoken(), ...options });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response;
}

async function json<T>(path: string, options: RequestInit = {}): Promise<T> {
  return (await (await ask(path, options)).json()) as T;
}

export const riskClient = {
  form: (study: string) => json<RiskForm>(`${base(study)}/form`),
  picture: (study: string) => json<RiskPicture>(base(study)),
  join: (study: string, role: string, name: string, own: boolean) =>
    json<Assessor>(`${base(study)}/assessors`, sending("POST", { role, name, own })),
  leave: (study: string, role: string, number: number) =>
    ask(`${base(study)}/assessors/${part(role)}/${number}`, sending("DELETE")),
  write: (study: string, question: Question, seen: RiskAnswer, answer: RiskAnswer) =>
    ask(place(study, question), sending("PUT", { seen, answer })),
  history: async (study: string, question: Question) =>
    (await json<{ deeds: readonly Deed[] }>(place(study, question))).deeds,
  take: (study: string) => json<Shapes["RiskTaken"]>(`${base(study)}/take`, sending("POST")),
  bringIn: (study: string, workbook: Blob, same: Same) => {
    const { method, headers } = sending("POST");
    const kind = { "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
    return json<Shapes["RiskBroughtIn"]>(`${base(study)}/workbook?same=${same}`, {
      ...(method ? { method } : {}),
      headers: { ...(headers as Record<string, string>), ...kind },
      body: workbook,
    });
  },
};

export const workbookLink = (study: string, lang: string, isFilled: boolean): string =>
  `${base(study)}/workbook${isFilled ? "/filled" : ""}?lang=${lang}`;

/** The versions of the picture as they come, until the stream ends; what goes wrong is thrown. */
export async function* riskVersions(study: string, signal: AbortSignal): AsyncGenerator<string> {
  const response = await ask(`${base(study)}/events`, { signal });
  if (response.body === null) return;
  for await (const { event, data } of readEvents(response.body))
    if (event === "risk") yield (JSON.parse(data) as { version: string }).version;
}

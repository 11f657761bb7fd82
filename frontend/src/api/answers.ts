// The stream of answers to "what does this year become?".
import { readEvents } from "./events.ts";
import { sending } from "./client.ts";
import { ProblemError, problemOf } from "./problem.ts";
import type { Answer, Edit, Problem } from "./types.ts";

export interface Question {
  readonly page: string;
  readonly ticket: number;
  readonly of: readonly { id: string; edits: readonly Edit[] }[];
  readonly against: { id: string; edits: readonly Edit[] };
  readonly replications: number;
  readonly lang: string;
  readonly with_calendar?: boolean;
}
export type AnswerEvent =
  | { readonly kind: "prepared"; readonly seconds: number }
  /** Nothing to show yet, and why, in the language that was asked for. */
  | { readonly kind: "waiting"; readonly text: string }
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "done" };

/** Ask, and tell what comes until the stream ends; a problem is thrown. */
export async function* askYear(
  study: string,
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const path = `/api/studies/${encodeURIComponent(study)}/answers`;
  const response = await fetch(path, { ...sending("POST", question), signal });
  if (!response.ok || response.body === null) throw new ProblemError(await problemOf(response));
  for await (const { event, data } of readEvents(response.body)) {
    const body: unknown = JSON.parse(data);
    if (event === "prepared") yield { kind: "prepared", seconds: (body as { seconds: number }).seconds };
    else if (event === "waiting") yield { kind: "waiting", text: (body as { text: string }).text };
    else if (event === "answer") yield { kind: "answer", answer: body as Answer };
    else if (event === "problem") throw new ProblemError(body as Problem);
    else if (event === "done") {
      yield { kind: "done" };
      return;
    }
  }
  throw new TypeError("the stream ended before it was done"); // as a lost connection: it is asked again
}

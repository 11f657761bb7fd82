// A server for tests: what it answers by method and beginning of the path, and what it was asked.
import { vi } from "vitest";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Answered with as they are; a function is called first, anything else is sent as JSON. */
export type Answers = Readonly<Record<string, unknown>>;

export const problem = (detail: string, status = 500) =>
  Response.json({ title: `Not so: ${detail}`, detail, language: "en" }, { status });

/** What is under way for as long as the test lasts. */
export const never = () => new Promise<Response>(() => undefined);

function answerTo(found: unknown): Response | Promise<Response> {
  const given: unknown = typeof found === "function" ? (found as () => unknown)() : found;
  if (given instanceof Response || given instanceof Promise) return given as Response | Promise<Response>;
  return Response.json(given ?? null);
}

/** Put a server in the place of `fetch`: the longest key that fits answers, where none does nobody is there. */
export function serve(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, { method = "GET", body }: RequestInit = {}) => {
    asked.push({ method, path, body: typeof body === "string" ? (JSON.parse(body) as unknown) : undefined });
    const key = Object.keys(answers)
      .filter((one) => `${method} ${path}`.startsWith(one))
      .toSorted((one, other) => other.length - one.length)[0];
    if (key === undefined) throw new TypeError(`nobody answers ${method} ${path}`);
    return answerTo(answers[key]);
  });
  return asked;
}

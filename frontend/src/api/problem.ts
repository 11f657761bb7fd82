// Whatever goes wrong on the way to the server and back becomes a problem that can be read.
import { loggedOut } from "../state/session.ts";
import type { Problem } from "./types.ts";

/** A problem that the server told; what it says is shown as it is. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The server did not answer at all: `title` and `detail` are keys of the language files, said by the screen. */
export const UNREACHABLE: Problem = {
  title: "shell.unreachable",
  detail: "shell.unreachable_help",
  status: 0,
};

function isProblem(thing: unknown): thing is Problem {
  return typeof thing === "object" && thing !== null && "title" in thing && "detail" in thing;
}

/** The problem in an answer that is no success. Whoever is not logged in (any more) is offered to, wherever they are. */
export async function problemOf(response: Response): Promise<Problem> {
  if (response.status === 401) loggedOut.value = true;
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return { ...body, status: response.status };
  return {
    title: `${response.status} ${response.statusText}`,
    detail: response.url,
    status: response.status,
  };
}

export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof TypeError) return UNREACHABLE; // what fetch throws when nobody answers
  return { title: "shell.unexpected", detail: error instanceof Error ? error.message : String(error) };
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

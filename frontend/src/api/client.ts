// The server's routes as functions.
import { CSRF_HEADER, csrfToken } from "./csrf.ts";
import { ProblemError, problemOf } from "./problem.ts";
import type { Drives, Edit, EditKind, Language, Service, Study, StudyHead, StudyMap } from "./types.ts";

/** The language of the page, not that of the browser: in it the server says what is wrong. */
export const spoken = () => ({ "accept-language": document.documentElement.lang || "en" });

async function ask(path: string, options: RequestInit = {}): Promise<unknown> {
  let response = await fetch(`/api${path}`, options);
  // What the page itself has asked for ahead knows only the browser's language: why it failed is asked for in that of the page.
  if (!response.ok && !options.method)
    response = await fetch(`/api${path}`, { ...options, headers: spoken() });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response.status === 204 ? undefined : response.json();
}

export function sending(method: "POST" | "PUT" | "DELETE", body?: unknown): RequestInit {
  const token = { [CSRF_HEADER]: csrfToken(), ...spoken() };
  if (body === undefined) return { method, headers: token };
  return { method, headers: { ...token, "content-type": "application/json" }, body: JSON.stringify(body) };
}

const part = encodeURIComponent;

export const client = {
  studies: async () => ((await ask("/studies")) as { studies: StudyHead[] }).studies,
  study: async (study: string) => (await ask(`/studies/${part(study)}`)) as Study,
  map: async (study: string) => (await ask(`/studies/${part(study)}/map`)) as StudyMap,
  words: async (language: Language) => (await ask(`/words/${language}`)) as Record<string, string>,
  editKinds: async () => ((await ask("/edits")) as { edits: EditKind[] }).edits,
  service: async (study: string, edits: readonly Edit[], lang: Language, signal?: AbortSignal) =>
    (await ask(`/studies/${part(study)}/service`, {
      ...sending("POST", { edits, lang }),
      ...(signal ? { signal } : {}),
    })) as Service,
  drives: async (study: string, lat: number, lon: number, signal?: AbortSignal) =>
    (await ask(`/studies/${part(study)}/drives?lat=${lat}&lon=${lon}`, signal ? { signal } : {})) as Drives,
};

// Who is at the screen and what they may do, so that nobody is offered what they would be refused.
import { computed, signal } from "@preact/signals";
import type { components } from "../api/schema.d.ts";

export type Session = components["schemas"]["SessionOut"];

const AGAIN_MS = 3000;

/** Undefined until it is known. */
export const session = signal<Session | undefined>(undefined);
/** Whether the server has said that nobody is logged in here, or no more. */
export const loggedOut = signal(false);

/** Whether what is changed may stay: alternatives saved, runs started, risk assessed. Unknown until the server has told. */
export const mayChange = computed(() => session.value?.role === "analyst" || session.value?.role === "admin");
export const isReader = computed(() => session.value?.role === "reader");

/** Ask who is here. What is known stays when the server does not answer: the next refusal will tell. */
export async function loadSession(): Promise<void> {
  try {
    const response = await fetch("/api/session");
    if (!response.ok) return;
    const found = (await response.json()) as Session;
    session.value = found;
    loggedOut.value = found.role === "anyone";
  } catch {
    // No connection: other parts of the screen say so.
    if (session.peek() === undefined) setTimeout(() => void loadSession(), AGAIN_MS);
  }
}

/** Where to log in, and come back from to this very view. */
export function loginLink(here: Pick<Location, "pathname" | "search">): string {
  const lang = document.documentElement.lang;
  return `/login?next=${encodeURIComponent(here.pathname + here.search)}${lang ? `&lang=${lang}` : ""}`;
}

/** Ask at first, and again whenever the page is looked at: one may have logged in, or out, in another tab. */
export function keepSession(): void {
  void loadSession();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void loadSession();
  });
  window.addEventListener("focus", () => {
    if (loggedOut.peek()) void loadSession();
  });
}

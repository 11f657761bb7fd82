// Something that is asked for: not asked yet, on its way, here, or failed. What was here before stays visible.
import type { Problem } from "../api/types.ts";

export type Remote<T> =
  | { readonly state: "empty" }
  | { readonly state: "loading"; readonly before: T | undefined }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly problem: Problem; readonly before: T | undefined };

export const EMPTY = { state: "empty" } as const;

/** What can be shown: what is here, or what was here before. */
export function shown<T>(remote: Remote<T>): T | undefined {
  if (remote.state === "ready") return remote.value;
  return remote.state === "empty" ? undefined : remote.before;
}

export function loading<T>(before: Remote<T>): Remote<T> {
  return { state: "loading", before: shown(before) };
}

export function ready<T>(value: T): Remote<T> {
  return { state: "ready", value };
}

export function failed<T>(problem: Problem, before: Remote<T>): Remote<T> {
  return { state: "failed", problem, before: shown(before) };
}

// The service after the edits of the chosen alternative: at once, without a simulation.
import { computed, effect, signal } from "@preact/signals";
import { client } from "../api/client.ts";
import { asProblem, isAbort } from "../api/problem.ts";
import type { Edit, EditLine, Service } from "../api/types.ts";
import { chosen } from "./drafts.ts";
import { language } from "./language.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "./remote.ts";
import { study } from "./study.ts";

export const serviceRemote = signal<Remote<Service>>(EMPTY);
export const service = computed(() => shown(serviceRemote.value));

/** What the server last said of each change, by the change: after a step it still holds of those that stayed. */
const lines = signal<ReadonlyMap<string, EditLine>>(new Map());
/** The line of a change; undefined before the server has read it. */
export const findLine = (edit: Edit): EditLine | undefined => lines.value.get(JSON.stringify(edit));

const editsAsText = computed(() => JSON.stringify(chosen.value?.edits ?? null));
const openId = computed(() => study.value?.id);

export function keepService(): () => void {
  return effect(() => {
    const id = openId.value;
    const edits = editsAsText.value;
    const lang = language.value;
    if (id === undefined || edits === "null") return undefined;
    const asked = new AbortController();
    serviceRemote.value = loading(serviceRemote.peek());
    client.service(id, JSON.parse(edits) as Edit[], lang, asked.signal).then(
      (found) => {
        serviceRemote.value = ready(found);
        lines.value = linesBy(JSON.parse(edits) as Edit[], found.lines);
      },
      (error: unknown) => {
        if (!isAbort(error)) serviceRemote.value = failed(asProblem(error), serviceRemote.peek());
      },
    );
    return () => asked.abort();
  });
}

const linesBy = (edits: readonly Edit[], found: readonly EditLine[]) =>
  new Map(
    edits.flatMap((edit, index) => {
      const line = found[index];
      return line ? [[JSON.stringify(edit), line] as const] : [];
    }),
  );

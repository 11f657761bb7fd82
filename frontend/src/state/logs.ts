// The mission logs of the study that is open, and the work on them.
import { computed, effect, signal } from "@preact/signals";
import { logsClient, type LogForms, type MissionLog } from "../api/logs.ts";
import { asProblem } from "../api/problem.ts";
import { hasEnded, type Job } from "../api/runs.ts";
import { jobs } from "./jobs.ts";
import { studyId } from "./location.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "./remote.ts";
import { session } from "./session.ts";

export type LogWork = "log_import" | "log_report" | "log_review";

export const logs = signal<Remote<readonly MissionLog[]>>(EMPTY);
export const logForms = signal<Remote<LogForms>>(EMPTY);

/** Whether who is here may throw a whole log away. */
export const mayDelete = computed(() => session.value?.role === "admin");

export async function loadLogs(): Promise<void> {
  const study = studyId.peek();
  if (study === undefined) return;
  logs.value = loading(logs.peek());
  try {
    const found = await logsClient.list(study);
    if (study === studyId.peek()) logs.value = ready(found);
  } catch (error) {
    logs.value = failed(asProblem(error), logs.peek());
  }
}

/** Put a log as it is now in the place of what was known of it. */
export function putLog(log: MissionLog): void {
  const known = shown(logs.peek()) ?? [];
  const isKnown = known.some((one) => one.id === log.id);
  logs.value = ready(isKnown ? known.map((one) => (one.id === log.id ? log : one)) : [log, ...known]);
}

async function loadForms(): Promise<void> {
  if (logForms.peek().state === "ready") return;
  logForms.value = loading(logForms.peek());
  try {
    logForms.value = ready(await logsClient.forms());
  } catch (error) {
    logForms.value = failed(asProblem(error), logForms.peek());
  }
}

/** Work of a kind on a log, the newest first. */
export const workOn = (log: string, kind: LogWork): readonly Job[] =>
  (shown(jobs.value) ?? []).filter((job) => job.kind === kind && job.options["log"] === log);

/** All work on logs that has come to an end: when it grows, logs are not what they were. */
const ended = computed(() =>
  (shown(jobs.value) ?? [])
    .filter((job) => job.kind.startsWith("log_") && hasEnded(job))
    .map((job) => `${job.id} ${job.state}`)
    .join("\n"),
);

/** Read the logs of the study, and again whenever work on one is done, as long as somebody looks. */
export function watchLogs(): () => void {
  void loadForms();
  return effect(() => {
    const [study] = [studyId.value, ended.value]; // both are looked at, so that either wakes it
    if (study !== undefined) void loadLogs();
  });
}

// Long work of the server, followed while it goes on: leaving the page stops nothing.
import { computed, effect, signal } from "@preact/signals";
import { asProblem, UNREACHABLE } from "../api/problem.ts";
import { followJob, hasEnded, runsClient, type Job } from "../api/runs.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "./remote.ts";
import { studyId } from "./location.ts";

const RUN = "run";

export const jobs = signal<Remote<readonly Job[]>>(EMPTY);

/** Runs of the study that is open, the newest first. */
export const runs = computed(() =>
  (shown(jobs.value) ?? []).filter((job) => job.kind === RUN && job.study === studyId.value),
);

/** Those that have a result. */
export const finishedRuns = computed(() => runs.value.filter((job) => job.state === "done"));

export async function loadJobs(): Promise<void> {
  jobs.value = loading(jobs.peek());
  try {
    jobs.value = ready(await runsClient.jobs());
  } catch (error) {
    jobs.value = failed(asProblem(error), jobs.peek());
  }
}

/** Put a job as it is now in the place of what was known of it. */
export function putJob(job: Job): void {
  const known = shown(jobs.peek()) ?? [];
  const isKnown = known.some((one) => one.id === job.id);
  jobs.value = ready(isKnown ? known.map((one) => (one.id === job.id ? job : one)) : [job, ...known]);
}

const going = computed(() =>
  (shown(jobs.value) ?? [])
    .filter((job) => !hasEnded(job))
    .map((job) => job.id)
    .join(" "),
);

/** Counts how often jobs have been followed anew. */
const round = signal(0);
export const AGAIN_MS = 3_000;

/** Say that nothing is heard of the jobs; what was known of them stays. */
function lose(): void {
  jobs.value = failed(UNREACHABLE, jobs.peek());
}

/** Read the jobs, and follow those that go on, as long as somebody looks; again and again where the server is gone. */
export function watchJobs(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      void loadJobs().then(() => (round.value += 1));
    }, AGAIN_MS);
  };
  void loadJobs();
  const stop = effect(() => {
    const ids = round.value >= 0 ? going.value : "";
    const stops = ids
      .split(" ")
      .filter(Boolean)
      .map((id) =>
        followJob(id, putJob, (isOver) => {
          lose();
          if (isOver) later();
        }),
      );
    return () => stops.forEach((one) => one());
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

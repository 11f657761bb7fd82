// The analyses of one kind that the open study has: those under way, those that are done, which of them the study has
// outgrown, and the one that the address names, with what it answered.
import { useEffect, useState } from "preact/hooks";
import { analysesClient } from "../../api/analyses.ts";
import { asProblem } from "../../api/problem.ts";
import { hasEnded, runsClient, type Job } from "../../api/runs.ts";
import type { Problem } from "../../api/types.ts";
import { jobs, loadJobs, putJob, watchJobs } from "../../state/jobs.ts";
import { query, setQuery, studyId } from "../../state/location.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../../state/remote.ts";
import { study } from "../../state/study.ts";

export type Kind = "site" | "dimension" | "roster" | "major" | "tasks" | "policies" | "log_forecast";

export interface Analyses<T> {
  readonly list: readonly Job[];
  readonly chosen: Job | undefined;
  readonly answer: Remote<T>;
  readonly outgrown: readonly string[];
  readonly problem: Problem | null;
  /** Whether one is waiting or under way. */
  readonly isBusy: boolean;
  /** Ask anew of the open study; what is asked becomes the one that is shown. */
  readonly ask: (work: (study: string) => Promise<Job>) => Promise<void>;
  readonly cancel: (job: Job) => Promise<void>;
  readonly again: (job: Job) => Promise<void>;
  readonly remove: (job: Job) => Promise<void>;
}

/** `extra` are questions of the address that belong to one answer and go when another is shown. */
export function showAnalysis(id: string | null, extra: readonly string[] = []): void {
  setQuery({ ...Object.fromEntries(extra.map((name) => [name, null])), job: id });
}

export function useAnalyses<T>(
  kind: Kind,
  fetch: (id: string) => Promise<T>,
  extra: readonly string[] = [],
): Analyses<T> {
  useEffect(watchJobs, []);
  const [problem, setProblem] = useState<Problem | null>(null);
  const list = (shown(jobs.value) ?? []).filter((job) => job.kind === kind && job.study === studyId.value);
  const chosen = list.find((job) => job.id === query("job")) ?? list.find((job) => job.state === "done");
  const wanted = chosen?.state === "done" ? chosen.id : undefined;
  const [kept, keep] = useState<{ readonly id: string; readonly answer: Remote<T> }>();
  useEffect(() => {
    if (wanted === undefined) return undefined;
    let isWanted = true;
    keep({ id: wanted, answer: loading(EMPTY) });
    fetch(wanted).then(
      (found) => isWanted && keep({ id: wanted, answer: ready(found) }),
      (error: unknown) => isWanted && keep({ id: wanted, answer: failed(asProblem(error), EMPTY) }),
    );
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  // What was answered before belongs to another question: it is not shown under this one's name, not even for a moment.
  const answer: Remote<T> = kept && kept.id === wanted ? kept.answer : EMPTY;
  const outgrown = useOutgrown(list.filter((job) => job.state === "done").length);

  const tried = async (work: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return {
    list,
    chosen,
    answer,
    outgrown,
    problem: problem ?? (jobs.value.state === "failed" ? jobs.value.problem : null),
    isBusy: list.some((job) => !hasEnded(job)),
    ask: (work) =>
      tried(async () => {
        const open = study.peek()?.id;
        if (open === undefined) return;
        const job = await work(open);
        putJob(job);
        showAnalysis(job.id, extra);
      }),
    cancel: (job) => tried(async () => putJob(await runsClient.cancel(job.id))),
    again: (job) => tried(async () => putJob(await runsClient.again(job.id))),
    remove: (job) =>
      tried(async () => {
        await runsClient.remove(job.id);
        await loadJobs();
        if (query("job") === job.id) showAnalysis(null, extra);
      }),
  };
}

/** Asked again when the study or the number of answers changes. */
function useOutgrown(count: number): readonly string[] {
  const [found, setFound] = useState<readonly string[]>([]);
  const id = study.value?.id;
  const fingerprint = study.value?.fingerprint;
  useEffect(() => {
    if (id !== undefined) analysesClient.outgrown(id).then(setFound, () => setFound([])); // the list says what is wrong
  }, [id, fingerprint, count]);
  return found;
}

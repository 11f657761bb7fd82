// The newest work of a kind on a log, begun, stopped and begun again; what goes wrong is told.
import { useState } from "preact/hooks";
import { asProblem } from "../../../api/problem.ts";
import { hasEnded, runsClient, type Job } from "../../../api/runs.ts";
import type { Problem } from "../../../api/types.ts";
import { putJob } from "../../../state/jobs.ts";
import { workOn, type LogWork } from "../../../state/logs.ts";

export interface WorkOn {
  /** The newest, while it goes on or when it did not come to its end; undefined when all is done. */
  readonly current: Job | undefined;
  readonly isBusy: boolean;
  readonly done: readonly Job[];
  readonly problem: Problem | null;
  readonly begin: (ask: () => Promise<Job>) => Promise<void>;
  readonly cancel: () => void;
  readonly again: () => void;
}

export function useWork(log: string, kind: LogWork): WorkOn {
  const [problem, setProblem] = useState<Problem | null>(null);
  const all = workOn(log, kind);
  const newest = all[0];
  const begin = async (ask: () => Promise<Job>) => {
    setProblem(null);
    try {
      putJob(await ask());
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const id = newest?.id ?? "";
  return {
    current: newest && newest.state !== "done" ? newest : undefined,
    isBusy: newest !== undefined && !hasEnded(newest),
    done: all.filter((job) => job.state === "done"),
    problem,
    begin,
    cancel: () => void begin(() => runsClient.cancel(id)),
    again: () => void begin(() => runsClient.again(id)),
  };
}

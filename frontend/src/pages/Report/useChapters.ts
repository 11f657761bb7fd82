// The chapters of the run that is read: the one the address names, else the newest.
import { useEffect, useState } from "preact/hooks";
import { asProblem } from "../../api/problem.ts";
import { runsClient, type ChapterHead, type Job } from "../../api/runs.ts";
import { finishedRuns, watchJobs } from "../../state/jobs.ts";
import { language } from "../../state/language.ts";
import { query } from "../../state/location.ts";
import { EMPTY, failed, loading, ready, type Remote } from "../../state/remote.ts";

export interface Chapters {
  readonly run: Job | undefined;
  readonly lang: string;
  readonly chapters: Remote<readonly ChapterHead[]>;
}

export function useChapters(): Chapters {
  useEffect(watchJobs, []);
  const [chapters, setChapters] = useState<Remote<readonly ChapterHead[]>>(EMPTY);
  const asked = query("run");
  const run = finishedRuns.value.find((job) => job.id === asked) ?? finishedRuns.value[0];
  const lang = query("in") ?? language.value;
  const id = run?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    let isWanted = true;
    setChapters(loading);
    runsClient.chapters(id, lang).then(
      (found) => isWanted && setChapters(ready(found)),
      (error: unknown) => isWanted && setChapters((before) => failed(asProblem(error), before)),
    );
    return () => {
      isWanted = false;
    };
  }, [id, lang]);
  return { run, lang, chapters };
}

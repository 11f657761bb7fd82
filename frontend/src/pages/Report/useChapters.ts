// The chapters of the run that is read: the one the address names, else the newest.
import { useEffect } from "preact/hooks";
import { runsClient, type ChapterHead, type Job } from "../../api/runs.ts";
import { finishedRuns, watchJobs } from "../../state/jobs.ts";
import { language } from "../../state/language.ts";
import { query } from "../../state/location.ts";
import type { Remote } from "../../state/remote.ts";
import { useAsked } from "../../components/useAsked.ts";

export interface Chapters {
  readonly run: Job | undefined;
  readonly lang: string;
  /** Undefined within while there is no run to read. */
  readonly chapters: Remote<readonly ChapterHead[] | undefined>;
  readonly again: () => void;
}

export function useChapters(): Chapters {
  useEffect(watchJobs, []);
  const asked = query("run");
  const run = finishedRuns.value.find((job) => job.id === asked) ?? finishedRuns.value[0];
  const lang = query("in") ?? language.value;
  const id = run?.id;
  const { found: chapters, again } = useAsked(
    async () => (id === undefined ? undefined : await runsClient.chapters(id, lang)),
    lang,
    id,
  );
  return { run, lang, chapters, again };
}

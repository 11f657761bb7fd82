// One job: what it is, how far it has come and how long it still takes, and what can be done about it.
import { type Job } from "../../api/runs.ts";
import { JobProgress } from "../../components/JobState/JobProgress.tsx";
import { JobTrouble } from "../../components/JobState/JobTrouble.tsx";
import { JobTools, type JobWords } from "../../components/JobState/JobTools.tsx";
import { useWait } from "../../components/JobState/useWait.ts";
import { useTexts } from "../../components/texts.ts";
import { moment } from "../../state/moments.ts";

interface Props {
  readonly job: Job;
  readonly reportLink: string;
  /** Whether the reader may stop and throw away jobs, or only look. */
  readonly mayChange: boolean;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
  readonly onRemove: () => void;
}

const WORDS: JobWords = {
  cancel: "panel.runs.cancel",
  again: "panel.runs.again",
  remove: "panel.runs.remove",
  sure: "panel.runs.remove_sure",
};

export function JobCard({ job, reportLink, ...acts }: Props) {
  const { say, local, numbers } = useTexts();
  const replications = job.options["replications"];
  return (
    <article class={`job job-${job.state}`} aria-label={`${local(job.kind_text)}, ${local(job.state_text)}`}>
      <header>
        <h2>{local(job.kind_text)}</h2>
        <p class="quiet">
          {moment(job.asked_s)}
          {typeof replications === "number" &&
            ` · ${say("panel.runs.of", { replications: numbers.whole(replications) })}`}
        </p>
      </header>
      <p class="job-state">
        <span aria-hidden="true">{MARKS[job.state]}</span>{" "}
        {[local(job.state_text), ...useWait(job)].join(" · ")}
      </p>
      <JobProgress job={job} />
      <JobTrouble job={job} />
      <JobTools job={job} words={WORDS} {...acts}>
        {job.state === "done" && (
          <a class="button primary" href={reportLink}>
            {say("panel.runs.open")}
          </a>
        )}
      </JobTools>
      {job.fingerprint && (
        <p class="job-foot quiet">
          {say("panel.runs.fingerprint", { fingerprint: job.fingerprint.slice(0, 12) })}
        </p>
      )}
    </article>
  );
}

const MARKS: Readonly<Record<Job["state"], string>> = {
  waiting: "…",
  running: "▸",
  done: "✓",
  failed: "✗",
  cancelled: "–",
  interrupted: "◇",
};

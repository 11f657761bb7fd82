// Work on a log: how far it has come, how long it still takes, and what can be done about it.
import { hasEnded, type Job } from "../../../api/runs.ts";
import { JobTrouble } from "../../../components/JobState/JobTrouble.tsx";
import { JobTools, type JobWords } from "../../../components/JobState/JobTools.tsx";
import { useWait } from "../../../components/JobState/useWait.ts";
import { useTexts } from "../../../components/texts.ts";
import { WHOLE_PERCENT } from "../../../numbers/forms.ts";
import "./Work.css";

interface Props {
  readonly job: Job;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
}

const WORDS: JobWords = {
  cancel: "logs.work.cancel",
  again: "logs.work.again",
  remove: "",
  sure: "",
};

export function Work({ job, onCancel, onAgain }: Props) {
  const { say, local, numbers } = useTexts();
  const share = job.progress ? job.progress.done / Math.max(1, job.progress.total) : 0;
  const stage = job.progress && !hasEnded(job) ? [local(job.progress.stage)] : [];
  return (
    <section class={`work work-${job.state}`} aria-label={local(job.kind_text)}>
      <p class="work-state" aria-live="polite">
        <strong>{local(job.state_text)}</strong>
        {[...stage, ...useWait(job)].map((one) => ` · ${one}`)}
      </p>
      {!hasEnded(job) && (
        <>
          <progress
            aria-label={local(job.kind_text)}
            {...(job.progress ? { max: 1, value: share } : {})}
            aria-valuetext={say("logs.work.percent", { percent: numbers.text(share, WHOLE_PERCENT) })}
          />
          <p class="quiet">{say("logs.work.leave")}</p>
        </>
      )}
      <JobTrouble job={job} />
      <JobTools job={job} words={WORDS} onCancel={onCancel} onAgain={onAgain} />
      {job.can_again && job.kind === "log_import" && job.state !== "failed" && (
        <p class="quiet">{say("logs.work.resumes")}</p>
      )}
    </section>
  );
}

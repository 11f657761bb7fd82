// Work on a log: how far it has come, how long it still takes, and what can be done about it.
import { hasEnded, type Job } from "../../../api/runs.ts";
import { useTexts } from "../../../components/texts.ts";
import { SECONDS, WHOLE_PERCENT, type Form } from "../../../numbers/forms.ts";
import { Trouble } from "../Trouble.tsx";
import "./Work.css";

interface Props {
  readonly job: Job;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
}

const WHOLE_MINUTES: Form = { unit: "min", factor: 1 / 60, digits: 0 };
/** From so many seconds on, time is told in minutes. */
const LONG_S = 100;

export function Work({ job, onCancel, onAgain }: Props) {
  const { say, local, numbers } = useTexts();
  const share = job.progress ? job.progress.done / Math.max(1, job.progress.total) : 0;
  const left = job.left_s;
  return (
    <section class={`work work-${job.state}`} aria-label={local(job.kind_text)}>
      <p class="work-state" aria-live="polite">
        <strong>{local(job.state_text)}</strong>
        {job.ahead > 0 && ` · ${say("panel.runs.ahead", { count: numbers.whole(job.ahead) })}`}
        {job.progress && !hasEnded(job) && ` · ${local(job.progress.stage)}`}
        {left !== null &&
          ` · ${say("panel.runs.left", { time: numbers.text(left, left > LONG_S ? WHOLE_MINUTES : SECONDS) })}`}
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
      {job.problem && <Trouble problem={job.problem} />}
      <p class="work-tools">
        {!hasEnded(job) && (
          <button type="button" class="button" onClick={onCancel}>
            {say("logs.work.cancel")}
          </button>
        )}
        {job.can_again && (
          <button type="button" class="button" onClick={onAgain}>
            {say("logs.work.again")}
          </button>
        )}
        {job.can_again && job.kind === "log_import" && job.state !== "failed" && (
          <span class="quiet">{say("logs.work.resumes")}</span>
        )}
      </p>
    </section>
  );
}

// One job: what it is, how far it has come and how long it still takes, and what can be done about it.
import { Wrong } from "../../components/Wrong/Wrong.tsx";
import { useState } from "preact/hooks";
import { hasEnded, type Job } from "../../api/runs.ts";
import { Confirm } from "../../components/Confirm/Confirm.tsx";
import { useTexts } from "../../components/texts.ts";
import { SECONDS, type Form } from "../../numbers/forms.ts";
import { language } from "../../state/language.ts";

interface Props {
  readonly job: Job;
  readonly reportLink: string;
  /** Whether the reader may stop and throw away jobs, or only look. */
  readonly mayChange: boolean;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
  readonly onRemove: () => void;
}

const WHOLE_MINUTES: Form = { unit: "min", factor: 1 / 60, digits: 0 };
/** From so many seconds on, time is told in minutes. */
const LONG_S = 100;

export function JobCard({ job, reportLink, mayChange, onCancel, onAgain, onRemove }: Props) {
  const { say, local, numbers } = useTexts();
  const [isSure, setSure] = useState(true);
  const replications = job.options["replications"];
  const left = job.left_s;
  return (
    <article class={`job job-${job.state}`} aria-label={`${local(job.kind_text)}, ${local(job.state_text)}`}>
      <header>
        <h2>{local(job.kind_text)}</h2>
        <p class="quiet">
          {new Date(job.asked_s * 1000).toLocaleString(language.value)}
          {typeof replications === "number" &&
            ` · ${say("panel.runs.of", { replications: numbers.whole(replications) })}`}
        </p>
      </header>
      <p class="job-state">
        <span aria-hidden="true">{MARKS[job.state]}</span> {local(job.state_text)}
        {job.ahead > 0 && ` · ${say("panel.runs.ahead", { count: numbers.whole(job.ahead) })}`}
        {left !== null &&
          ` · ${say("panel.runs.left", { time: numbers.text(left, left > LONG_S ? WHOLE_MINUTES : SECONDS) })}`}
      </p>
      {job.progress && !hasEnded(job) && (
        <label class="job-progress">
          <span>{local(job.progress.stage)}</span>
          <progress max={Math.max(1, job.progress.total)} value={job.progress.done} />
          <span class="quiet">
            {say("panel.runs.pieces", {
              done: numbers.whole(job.progress.done),
              total: numbers.whole(job.progress.total),
            })}
          </span>
        </label>
      )}
      {job.problem && (
        <div class="job-problem">
          <Wrong problem={job.problem} />
        </div>
      )}
      {isSure ? (
        <p class="job-tools">
          {job.state === "done" && (
            <a class="button primary" href={reportLink}>
              {say("panel.runs.open")}
            </a>
          )}
          {mayChange && !hasEnded(job) && (
            <button type="button" class="button" onClick={onCancel}>
              {say("panel.runs.cancel")}
            </button>
          )}
          {mayChange && job.can_again && (
            <button type="button" class="button" onClick={onAgain}>
              {say("panel.runs.again")}
            </button>
          )}
          {mayChange && hasEnded(job) && (
            <button type="button" class="button plain" onClick={() => setSure(false)}>
              {say("panel.runs.remove")}
            </button>
          )}
        </p>
      ) : (
        <Confirm
          text={say("panel.runs.remove_sure")}
          yes={say("panel.runs.remove")}
          onYes={onRemove}
          onNo={() => setSure(true)}
        />
      )}
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

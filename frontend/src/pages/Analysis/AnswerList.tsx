// What was asked before, the newest first: under way with its progress, done with a link, failed with the reason.
import { useState } from "preact/hooks";
import { hasEnded, type Job } from "../../api/runs.ts";
import { Confirm } from "../../components/Confirm/Confirm.tsx";
import { useTexts } from "../../components/texts.ts";
import { language } from "../../state/language.ts";
import { withQuery } from "../../state/location.ts";
import type { Analyses } from "./useAnalyses.ts";

interface Props {
  readonly analyses: Analyses<unknown>;
  /** What an answer is called: the model and its number, the alternatives … */
  readonly nameOf: (job: Job) => string;
  /** Questions of the address that belong to one answer only. */
  readonly extra?: readonly string[];
}

export function AnswerList({ analyses, nameOf, extra = [] }: Props) {
  const { say } = useTexts();
  const { list, chosen } = analyses;
  if (list.length === 0) return null;
  return (
    <section class="answers-before" aria-label={say("analysis.earlier")}>
      <h2>{say("analysis.earlier")}</h2>
      <ul aria-live="polite">
        {list.map((job) => (
          <li key={job.id} class={job.id === chosen?.id ? "is-chosen" : ""}>
            <One job={job} analyses={analyses} name={nameOf(job)} extra={extra} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OneProps {
  readonly job: Job;
  readonly analyses: Analyses<unknown>;
  readonly name: string;
  readonly extra: readonly string[];
}

function One({ job, analyses, name, extra }: OneProps) {
  const { say, local, numbers } = useTexts();
  const [isSure, setSure] = useState(true);
  const cleared = Object.fromEntries(extra.map((one) => [one, null]));
  const isStale = analyses.outgrown.includes(job.id);
  return (
    <>
      <a
        href={withQuery({ ...cleared, job: job.id }).href}
        aria-current={job.id === analyses.chosen?.id ? "page" : undefined}
      >
        {name}
      </a>
      <p class="quiet">
        {new Date(job.asked_s * 1000).toLocaleString(language.value, {
          dateStyle: "short",
          timeStyle: "short",
        })}
        {job.state !== "done" && ` · ${local(job.state_text)}`}
        {isStale && ` · ${say("analysis.stale_short")}`}
      </p>
      {job.progress && !hasEnded(job) && (
        <label class="answers-progress">
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
      {isSure ? (
        <p class="answers-tools">
          {!hasEnded(job) && (
            <button type="button" class="button plain" onClick={() => void analyses.cancel(job)}>
              {say("panel.cancel")}
            </button>
          )}
          {job.can_again && (
            <button type="button" class="button plain" onClick={() => void analyses.again(job)}>
              {say("panel.runs.again")}
            </button>
          )}
          {hasEnded(job) && (
            <button
              type="button"
              class="button plain"
              aria-label={`${say("analysis.remove")}: ${name}`}
              onClick={() => setSure(false)}
            >
              {say("analysis.remove")}
            </button>
          )}
        </p>
      ) : (
        <Confirm
          text={say("analysis.remove_sure")}
          yes={say("analysis.remove")}
          onYes={() => void analyses.remove(job)}
          onNo={() => setSure(true)}
        />
      )}
    </>
  );
}

// What was asked before, the newest first: under way with its progress, done with a link, failed with the reason.
import { type Job } from "../../api/runs.ts";
import { JobProgress } from "../../components/JobState/JobProgress.tsx";
import { JobTools, type JobWords } from "../../components/JobState/JobTools.tsx";
import { useTexts } from "../../components/texts.ts";
import { moment } from "../../state/moments.ts";
import { withQuery } from "../../state/location.ts";
import { isReader } from "../../state/session.ts";
import type { Analyses } from "./useAnalyses.ts";

const WORDS: JobWords = {
  cancel: "panel.cancel",
  again: "panel.runs.again",
  remove: "analysis.remove",
  sure: "analysis.remove_sure",
};

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
  const { say, local } = useTexts();
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
        {moment(job.asked_s)}
        {job.state !== "done" && ` · ${local(job.state_text)}`}
        {isStale && ` · ${say("analysis.stale_short")}`}
      </p>
      <JobProgress job={job} />
      <JobTools
        job={job}
        words={WORDS}
        name={name}
        isPlain
        mayChange={!isReader.value}
        onCancel={() => void analyses.cancel(job)}
        onAgain={() => void analyses.again(job)}
        onRemove={() => void analyses.remove(job)}
      />
    </>
  );
}

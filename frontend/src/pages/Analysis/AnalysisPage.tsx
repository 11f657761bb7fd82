// The frame of siting, dimensioning and rosters: the question and earlier answers left, the answer right.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { analysesClient, answerFileLink, type AnswerFile } from "../../api/analyses.ts";
import { hasEnded, type Job } from "../../api/runs.ts";
import { narrow } from "../../app/narrow.ts";
import { Source } from "../../components/PictureMenu/source.ts";
import { Depth } from "../../components/Section/Heading.tsx";
import { JobTrouble } from "../../components/JobState/JobTrouble.tsx";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { useTexts } from "../../components/texts.ts";
import { alternatives } from "../../state/drafts.ts";
import { sourceText } from "../../state/exports.ts";
import { shown } from "../../state/remote.ts";
import { AnswerList } from "./AnswerList.tsx";
import type { Analyses } from "./useAnalyses.ts";
import "./Analysis.css";

/** What an answer rests on. */
interface Origin {
  readonly fingerprint: string;
  readonly version: string;
}

interface Props<T> {
  readonly title: string;
  readonly lead: string;
  /** Stands beside the title, such as that it is a reconstruction. */
  readonly label?: string;
  readonly analyses: Analyses<T>;
  readonly nameOf: (job: Job) => string;
  readonly extra?: readonly string[];
  readonly form: ComponentChildren;
  readonly children: (answer: T, job: Job) => ComponentChildren;
}

export function AnalysisPage<T extends Origin>({
  title,
  lead,
  label,
  analyses,
  nameOf,
  extra = [],
  form,
  children,
}: Props<T>) {
  const { say } = useTexts();
  const { chosen, problem } = analyses;
  const answer = shown(analyses.answer);
  return (
    <div class="analysis">
      <aside class="analysis-ask" aria-label={say("analysis.ask")}>
        {narrow.value && chosen ? (
          <details class="ask-fold">
            <summary>{say("analysis.ask_anew")}</summary>
            <div>{form}</div>
          </details>
        ) : (
          form
        )}
        {problem && <Trouble problem={problem} />}
        {alternatives.value.some((one) => one.changed) && <p class="quiet">{say("analysis.drafts")}</p>}
        <AnswerList analyses={analyses} nameOf={nameOf} extra={extra} />
      </aside>
      <main id="content" class="analysis-answer">
        <header>
          <h1>{title}</h1>
          {label && <p class="analysis-label">{label}</p>}
          <p class="analysis-lead quiet">{lead}</p>
        </header>
        {!chosen && <p class="analysis-none">{say("analysis.none")}</p>}
        {chosen && !hasEnded(chosen) && <Running job={chosen} />}
        {chosen && <JobTrouble job={chosen} />}
        {analyses.answer.state === "failed" && <Trouble problem={analyses.answer.problem} />}
        {chosen?.state === "done" && !answer && analyses.answer.state !== "failed" && (
          <p class="quiet">{say("analysis.loading")}</p>
        )}
        {chosen && answer && analyses.outgrown.includes(chosen.id) && (
          <p class="analysis-stale" role="status">
            {say("analysis.stale")}
          </p>
        )}
        {chosen && answer && (
          <Source.Provider value={sourceText(answer.fingerprint)}>
            <Depth.Provider value={2}>{children(answer, chosen)}</Depth.Provider>
            <Foot {...answer} />
          </Source.Provider>
        )}
        {chosen?.state === "done" && answer && <Files id={chosen.id} />}
      </main>
    </div>
  );
}

function Running({ job }: { job: Job }) {
  const { say, local } = useTexts();
  const progress = job.progress;
  return (
    <p class="analysis-none" role="status">
      {progress ? local(progress.stage) : local(job.state_text)}
      {job.said.length > 0 && <span class="quiet"> · {job.said.at(-1)}</span>}
      <span class="unseen"> {say("analysis.running")}</span>
    </p>
  );
}

function Files({ id }: { id: string }) {
  const { say } = useTexts();
  const [files, setFiles] = useState<readonly AnswerFile[]>([]);
  useEffect(() => {
    analysesClient.files(id).then(setFiles, () => setFiles([])); // the answer tells what is wrong
  }, [id]);
  if (files.length === 0) return null;
  return (
    <section class="analysis-files" aria-label={say("analysis.files")}>
      <h2>{say("analysis.files")}</h2>
      <ul>
        {files.map((file) => (
          <li key={file.name}>
            <a href={answerFileLink(id, file.name)} download>
              {file.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What every figure rests on. */
function Foot({ fingerprint, version }: Origin) {
  const { say } = useTexts();
  return (
    <p class="analysis-foot quiet">
      {say("analysis.fingerprint", { fingerprint: fingerprint.slice(0, 12), version })}
    </p>
  );
}

// Forecasts of mission logs: a question, earlier answers, and the chosen one chapter by chapter.
import { useEffect } from "preact/hooks";
import { demandClient, forecastFileLink } from "../../api/demand.ts";
import { hasEnded, type Job } from "../../api/runs.ts";
import { useTexts } from "../../components/texts.ts";
import { useAsked } from "../../components/useAsked.ts";
import { language } from "../../state/language.ts";
import { loadLogs, logs } from "../../state/logs.ts";
import { shown } from "../../state/remote.ts";
import { isReader } from "../../state/session.ts";
import { study } from "../../state/study.ts";
import { JobTrouble } from "../../components/JobState/JobTrouble.tsx";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { AnswerList } from "../Analysis/AnswerList.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { Chapter } from "./Chapter.tsx";
import { ForecastForm } from "./ForecastForm.tsx";

const same = (id: string) => Promise.resolve(id);

export function Forecasts() {
  const { say, local, numbers } = useTexts();
  const analyses = useAnalyses("log_forecast", same);
  const id = study.value?.id;
  useEffect(() => void loadLogs(), [id]);
  const known = shown(logs.value) ?? [];
  const nameOf = (job: Job) => {
    const log = known.find((one) => one.id === job.options["log"])?.name ?? String(job.options["log"]);
    return say("demand.name", { log, hours: numbers.whole(Number(job.options["hours"])) });
  };
  const { chosen, problem } = analyses;
  return (
    <div class="demand-forecast">
      <div class="demand-ask">
        <p class="quiet">{say("demand.forecast_lead")}</p>
        {isReader.value ? (
          <p class="quiet">{say("demand.reader")}</p>
        ) : (
          <ForecastForm
            logs={known.filter((one) => one.store !== null)}
            busy={analyses.isBusy}
            onAsk={(log, question) => void analyses.ask((study) => demandClient.ask(study, log, question))}
          />
        )}
        {problem && <Trouble problem={problem} />}
        <AnswerList analyses={analyses} nameOf={nameOf} />
      </div>
      <div class="demand-answer">
        {chosen && !hasEnded(chosen) && (
          <p class="analysis-none" role="status">
            {chosen.progress ? local(chosen.progress.stage) : local(chosen.state_text)}
          </p>
        )}
        {chosen && <JobTrouble job={chosen} />}
        {chosen?.state === "done" && id !== undefined && <Answer key={chosen.id} study={id} id={chosen.id} />}
      </div>
    </div>
  );
}

function Answer({ study: of, id }: { study: string; id: string }) {
  const { say } = useTexts();
  const lang = language.value;
  const { found: answer, again } = useAsked(() => demandClient.forecast(of, id, lang), `${of} ${id} ${lang}`);
  if (answer.state === "failed") return <Trouble problem={answer.problem} onAgain={again} />;
  const told = shown(answer);
  if (!told) return <p class="quiet">{say("analysis.loading")}</p>;
  return (
    <>
      {told.is_stale && (
        <p class="analysis-stale" role="status">
          {say("demand.stale")}
        </p>
      )}
      {told.chapters.map((one) => (
        <Chapter key={one.id} chapter={one} />
      ))}
      <section class="analysis-files" aria-label={say("analysis.files")}>
        <h2>{say("analysis.files")}</h2>
        <ul>
          {told.files.map((file) => (
            <li key={file.name}>
              <a href={forecastFileLink(of, id, file.name)} download>
                {file.name}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

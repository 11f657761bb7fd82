// Forecasts of mission logs: a question, earlier answers, and the chosen one chapter by chapter.
import { useEffect, useState } from "preact/hooks";
import { demandClient, forecastFileLink, type LogForecast } from "../../api/demand.ts";
import { asProblem } from "../../api/problem.ts";
import { hasEnded, type Job } from "../../api/runs.ts";
import { useTexts } from "../../components/texts.ts";
import { language } from "../../state/language.ts";
import { loadLogs, logs } from "../../state/logs.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../../state/remote.ts";
import { isReader } from "../../state/session.ts";
import { study } from "../../state/study.ts";
import { Trouble } from "../Analysis/AnalysisPage.tsx";
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
            busy={analyses.list.some((job) => !hasEnded(job))}
            onAsk={(log, question) => {
              if (id !== undefined) void analyses.ask(() => demandClient.ask(id, log, question));
            }}
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
        {chosen?.problem && <Trouble problem={chosen.problem} />}
        {chosen?.state === "done" && id !== undefined && <Answer key={chosen.id} study={id} id={chosen.id} />}
      </div>
    </div>
  );
}

function Answer({ study: of, id }: { study: string; id: string }) {
  const { say } = useTexts();
  const [answer, setAnswer] = useState<Remote<LogForecast>>(EMPTY);
  const lang = language.value;
  useEffect(() => {
    let isWanted = true;
    setAnswer(loading);
    demandClient.forecast(of, id, lang).then(
      (found) => isWanted && setAnswer(ready(found)),
      (error: unknown) => isWanted && setAnswer((before) => failed(asProblem(error), before)),
    );
    return () => {
      isWanted = false;
    };
  }, [of, id, lang]);
  if (answer.state === "failed") return <Trouble problem={answer.problem} />;
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

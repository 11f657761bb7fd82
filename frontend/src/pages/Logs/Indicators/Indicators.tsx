// The indicators of a log: counted as a job, read chapter by chapter as reports are, and taken along.
import { useState } from "preact/hooks";
import { logsClient, type LogForms, type MissionLog } from "../../../api/logs.ts";
import type { Job } from "../../../api/runs.ts";
import { useTexts } from "../../../components/texts.ts";
import { LANGUAGE_NAMES, LANGUAGES, language } from "../../../state/language.ts";
import { query, setQuery } from "../../../state/location.ts";
import { mayChange } from "../../../state/session.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useWork } from "../Work/useWork.ts";
import { Work } from "../Work/Work.tsx";
import { moment } from "../../../state/moments.ts";
import { Chapters } from "./Chapters.tsx";
import { Files } from "./Files.tsx";
import { Roster } from "./Roster.tsx";
import "./Indicators.css";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
}

export function Indicators({ log, forms }: Props) {
  const { say } = useTexts();
  const work = useWork(log.id, "log_report");
  const asked = query("report");
  const report = work.done.find((job) => job.id === asked) ?? work.done[0];
  return (
    <div class="log-part">
      {!report && !work.isBusy && (
        <div class="indicators-none">
          <p>{say("logs.indicators.none")}</p>
          <p class="quiet">{say("logs.indicators.lead")}</p>
        </div>
      )}
      {work.current && <Work job={work.current} onCancel={work.cancel} onAgain={work.again} />}
      {work.problem && <Trouble problem={work.problem} />}
      {report && <Counted log={log} report={report} all={work.done} />}
      {mayChange.value && !work.isBusy && (
        <Question log={log} forms={forms} hasReport={report !== undefined} begin={work.begin} />
      )}
    </div>
  );
}

function Counted({ log, report, all }: { log: MissionLog; report: Job; all: readonly Job[] }) {
  const { say, numbers } = useTexts();
  const lang = query("in") ?? language.value;
  const threshold = Number(report.options["threshold"]);
  const isStale = report.summary?.["version"] !== log.store?.version;
  return (
    <>
      {isStale && (
        <p class="indicators-stale" role="status">
          {say("logs.indicators.stale")}
        </p>
      )}
      <p class="quiet indicators-note">
        {say("logs.indicators.suppressed", { threshold: numbers.whole(threshold) })}
      </p>
      <div class="log-form">
        <label>
          <span>{say("logs.indicators.counted")}</span>
          <select
            class="field"
            value={report.id}
            onChange={(event) => setQuery({ report: event.currentTarget.value, chapter: null })}
          >
            {all.map((job) => (
              <option key={job.id} value={job.id}>
                {[moment(job.asked_s), job.options["month"], rosterOf(job, say)].filter(Boolean).join(" · ")}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{say("panel.report.language")}</span>
          <select
            class="field"
            value={lang}
            onChange={(event) => setQuery({ in: event.currentTarget.value })}
          >
            {LANGUAGES.map((one) => (
              <option key={one} value={one}>
                {LANGUAGE_NAMES[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Chapters log={log} report={report.id} lang={lang} />
      <Files log={log} report={report.id} />
    </>
  );
}

/** Which roster a report was counted with, in words; empty without one. */
function rosterOf(job: Job, say: ReturnType<typeof useTexts>["say"]): string {
  const name = job.options["roster"];
  return typeof name === "string" && name ? say("logs.indicators.roster_with", { name }) : "";
}

interface QuestionProps extends Props {
  readonly hasReport: boolean;
  readonly begin: ReturnType<typeof useWork>["begin"];
}

function Question({ log, forms, hasReport, begin }: QuestionProps) {
  const { say, numbers } = useTexts();
  const [threshold, setThreshold] = useState(forms.least_count);
  const [month, setMonth] = useState("");
  const [responders, setResponders] = useState(false);
  const form = (
    <form
      class="log-form"
      onSubmit={(event) => {
        event.preventDefault();
        void begin(() =>
          logsClient.report(log.study, log.id, { threshold, month: month || null, responders }),
        );
      }}
    >
      <label>
        <span>{say("logs.indicators.threshold")}</span>
        <input
          class="field"
          type="number"
          required
          min={forms.least_count}
          max={1000}
          value={threshold}
          onInput={(event) => setThreshold(event.currentTarget.valueAsNumber || forms.least_count)}
        />
      </label>
      <label>
        <span>{say("logs.indicators.month")}</span>
        <input
          class="field"
          type="month"
          pattern="\d{4}-\d{2}"
          placeholder={say("logs.indicators.all_months")}
          min={log.store?.first?.slice(0, 7)}
          max={log.store?.last?.slice(0, 7)}
          value={month}
          onInput={(event) => setMonth(event.currentTarget.value)}
        />
      </label>
      <label class="log-check">
        <input
          type="checkbox"
          checked={responders}
          onChange={(event) => setResponders(event.currentTarget.checked)}
        />
        <span>{say("logs.indicators.responders")}</span>
      </label>
      <Roster log={log} />
      <button type="submit" class={hasReport ? "button" : "button primary"}>
        {say(hasReport ? "logs.indicators.anew" : "logs.indicators.start")}
      </button>
      <p class="quiet">
        {say("logs.indicators.threshold_help", { least: numbers.whole(forms.least_count) })}
      </p>
    </form>
  );
  if (!hasReport) return form;
  return (
    <details class="log-fold">
      <summary>{say("logs.indicators.anew")}</summary>
      {form}
    </details>
  );
}

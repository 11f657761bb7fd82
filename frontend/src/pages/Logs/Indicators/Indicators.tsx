// The indicators of a log: counted as a job, read chapter by chapter as reports are, and taken along.
import type { LogForms, MissionLog } from "../../../api/logs.ts";
import type { Job } from "../../../api/runs.ts";
import { useTexts } from "../../../components/texts.ts";
import { LANGUAGE_NAMES, LANGUAGES, language } from "../../../state/language.ts";
import { query, setQuery } from "../../../state/location.ts";
import { logs } from "../../../state/logs.ts";
import { shown } from "../../../state/remote.ts";
import { mayChange } from "../../../state/session.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useWork } from "../Work/useWork.ts";
import { Work } from "../Work/Work.tsx";
import { moment } from "../../../state/moments.ts";
import { Chapters } from "./Chapters.tsx";
import { Files } from "./Files.tsx";
import { Question } from "./Question.tsx";
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
                {toldOf(job, say)}
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

/** What a report was counted with, in words. */
function toldOf(job: Job, say: ReturnType<typeof useTexts>["say"]): string {
  const { month, management, previous } = job.options;
  const other = shown(logs.value)?.find((log) => log.id === previous);
  const files = (["roster", "printed", "catalogue"] as const)
    .map((kind) => job.options[kind])
    .filter((name): name is string => typeof name === "string" && name !== "");
  const linked = Array.isArray(job.options["linked"]) && job.options["linked"].length > 0;
  return [
    moment(job.asked_s),
    management ? say("logs.indicators.management_of") : "",
    month,
    other ? say("logs.indicators.previous_of", { name: other.name }) : "",
    ...files.map((name) => say("logs.indicators.roster_with", { name })),
    linked ? say("logs.links.title") : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

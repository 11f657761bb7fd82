// The chapters of a log's report: one is read at a time, with the words, tables and figures of the printed page.
import { logsClient, type MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { query, setQuery } from "../../../state/location.ts";
import { shown } from "../../../state/remote.ts";
import { bringStyle } from "../../Report/ChapterView.tsx";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../../components/useAsked.ts";

interface Props {
  readonly log: MissionLog;
  readonly report: string;
  readonly lang: string;
}

export function Chapters({ log, report, lang }: Props) {
  const { say } = useTexts();
  const { found, again } = useAsked(() => logsClient.chapters(log.study, log.id, report, lang), lang, report);
  const heads = shown(found);
  const chapter = heads?.find((one) => one.id === query("chapter")) ?? heads?.[0];
  if (found.state === "failed") return <Trouble problem={found.problem} onAgain={again} />;
  if (!heads || !chapter) return <p class="quiet">{say("panel.report.loading")}</p>;
  return (
    <div class="indicators-reading">
      <nav class="indicators-chapters" aria-label={say("logs.indicators.chapters")}>
        {heads.map((one) => (
          <button
            key={one.id}
            type="button"
            title={one.finding}
            aria-current={one.id === chapter.id ? "page" : undefined}
            onClick={() => setQuery({ chapter: one.id })}
          >
            {one.title}
          </button>
        ))}
      </nav>
      <label class="indicators-choice">
        <span class="unseen">{say("logs.indicators.chapters")}</span>
        <select
          class="field"
          value={chapter.id}
          onChange={(event) => setQuery({ chapter: event.currentTarget.value })}
        >
          {heads.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
      </label>
      <Chapter log={log} report={report} chapter={chapter.id} lang={lang} />
    </div>
  );
}

function Chapter({ log, report, chapter, lang }: Props & { chapter: string }) {
  const { say } = useTexts();
  bringStyle();
  const { found, again } = useAsked(
    () => logsClient.chapter(log.study, log.id, report, chapter, lang),
    lang,
    `${report} ${chapter}`,
  );
  const text = shown(found);
  if (found.state === "failed") return <Trouble problem={found.problem} onAgain={again} />;
  if (text === undefined) return <p class="quiet">{say("panel.report.loading")}</p>;
  return (
    <article
      class="report chapter-view"
      aria-busy={found.state === "loading"}
      dangerouslySetInnerHTML={{ __html: text }}
    />
  );
}

// A chapter of a run's report, with the words, tables, figures and looks of the printed one.
import { useEffect } from "preact/hooks";
import { runsClient } from "../../api/runs.ts";
import { useTexts } from "../../components/texts.ts";
import { shown } from "../../state/remote.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../components/useAsked.ts";

interface Props {
  readonly run: string;
  readonly chapter: string;
  readonly lang: string;
}

const STYLE = "/api/report.css";

/** The report's own looks, fetched once, when the first chapter is shown. */
export function bringStyle(): void {
  if (document.querySelector(`link[href="${STYLE}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = STYLE;
  document.head.append(link);
}

export function ChapterView({ run, chapter, lang }: Props) {
  const { say } = useTexts();
  useEffect(bringStyle, []);
  const { found, again } = useAsked(() => runsClient.chapter(run, chapter, lang), lang, `${run} ${chapter}`);
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

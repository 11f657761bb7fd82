// A chapter of a run's report, with the words, tables, figures and looks of the printed one.
import { useEffect, useState } from "preact/hooks";
import { asProblem } from "../../api/problem.ts";
import { runsClient } from "../../api/runs.ts";
import { useTexts } from "../../components/texts.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../../state/remote.ts";

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
  const [html, setHtml] = useState<Remote<string>>(EMPTY);
  useEffect(() => {
    let isWanted = true;
    bringStyle();
    setHtml(loading);
    runsClient.chapter(run, chapter, lang).then(
      (text) => isWanted && setHtml(ready(text)),
      (error: unknown) => isWanted && setHtml((before) => failed(asProblem(error), before)),
    );
    return () => {
      isWanted = false;
    };
  }, [run, chapter, lang]);
  const text = shown(html);
  if (html.state === "failed")
    return (
      <p class="job-problem" role="alert">
        {say(html.problem.detail)}
      </p>
    );
  if (text === undefined) return <p class="quiet">{say("panel.report.loading")}</p>;
  return (
    <article
      class="report chapter-view"
      aria-busy={html.state === "loading"}
      dangerouslySetInnerHTML={{ __html: text }}
    />
  );
}

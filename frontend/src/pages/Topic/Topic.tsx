// A page on one topic: the chapters of the newest run that tell of it. A screen of its own may take its place later.
import { useTexts } from "../../components/texts.ts";
import { linkTo, query, withQuery } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { ChapterView } from "../Report/ChapterView.tsx";
import { NoRun } from "../Report/NoRun.tsx";
import { useChapters } from "../Report/useChapters.ts";
import "../Report/Report.css";

/** The page of some chapters, by their ids in the report. */
export function topicPage(title: string, ids: readonly string[]) {
  return function Topic() {
    return (
      <main id="content" class="page">
        <TopicChapters title={title} ids={ids} />
      </main>
    );
  };
}

interface Props {
  /** Heading of the page, for one that has no other. */
  readonly title?: string;
  readonly ids: readonly string[];
}

/** Some chapters of the newest run, one at a time. */
export function TopicChapters({ title, ids }: Props) {
  const { say } = useTexts();
  const { run, lang, chapters, again } = useChapters();
  const heads = (shown(chapters) ?? []).filter((one) => ids.includes(one.id));
  const chapter = heads.find((one) => one.id === query("chapter")) ?? heads[0];
  return (
    <>
      {title !== undefined && <h1 class={chapter ? "unseen" : ""}>{say(title)}</h1>}
      {!run && <NoRun />}
      {run && chapters.state === "failed" && <Trouble problem={chapters.problem} onAgain={again} />}
      {heads.length > 1 && (
        <nav class="topic-tabs" aria-label={say("panel.report.chapters")}>
          {heads.map((one) => (
            <a
              key={one.id}
              href={withQuery({ chapter: one.id }).href}
              aria-current={one.id === chapter?.id ? "page" : undefined}
            >
              {one.title}
            </a>
          ))}
        </nav>
      )}
      {run && chapter && <ChapterView key={chapter.id} run={run.id} chapter={chapter.id} lang={lang} />}
      {run && !chapter && chapters.state === "ready" && chapters.value && (
        <p>
          {say("panel.report.no_chapter")} <a href={linkTo("report")}>{say("panel.report.title")}</a>
        </p>
      )}
    </>
  );
}

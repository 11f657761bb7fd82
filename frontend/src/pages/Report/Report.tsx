// The report of a run, chapter by chapter, in any of the languages, and its files to take along.
import { useEffect, useState } from "preact/hooks";
import { fileLink, runsClient, type ChapterHead, type Job, type RunFile } from "../../api/runs.ts";
import { narrow } from "../../app/narrow.ts";
import { useTexts } from "../../components/texts.ts";
import { finishedRuns } from "../../state/jobs.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../state/language.ts";
import { moment } from "../../state/moments.ts";
import { query, setQuery, withQuery } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { ChapterView } from "./ChapterView.tsx";
import { NoRun } from "./NoRun.tsx";
import { useChapters } from "./useChapters.ts";
import "./Report.css";

export default function Report() {
  const { say } = useTexts();
  const { run, lang, chapters, again } = useChapters();
  const heads = shown(chapters) ?? [];
  const chapter = heads.find((one) => one.id === query("chapter")) ?? heads[0];
  if (!run)
    return (
      <main id="content" class="page">
        <h1>{say("panel.report.title")}</h1>
        <NoRun />
      </main>
    );
  return (
    <div class="report-page">
      <nav class="report-contents" aria-label={say("panel.report.chapters")}>
        <Choices run={run} lang={lang} />
        {narrow.value ? (
          <ChapterChoice heads={heads} chosen={chapter?.id ?? ""} />
        ) : (
          <ol>
            {heads.map((one) => (
              <li key={one.id}>
                <a
                  href={withQuery({ chapter: one.id }).href}
                  aria-current={one.id === chapter?.id ? "page" : undefined}
                  title={one.finding}
                >
                  {one.title}
                </a>
              </li>
            ))}
          </ol>
        )}
        <Files run={run.id} />
      </nav>
      <main id="content" class="report-reading" key={chapter?.id}>
        <h1 class="unseen">{say("panel.report.title")}</h1>
        {chapters.state === "failed" && <Trouble problem={chapters.problem} onAgain={again} />}
        {!chapter && chapters.state === "loading" && <p class="quiet">{say("panel.report.loading")}</p>}
        {chapter && <ChapterView run={run.id} chapter={chapter.id} lang={lang} />}
      </main>
    </div>
  );
}

/** On a narrow screen the chapters fold into a list to choose from. */
function ChapterChoice({ heads, chosen }: { heads: readonly ChapterHead[]; chosen: string }) {
  const { say } = useTexts();
  return (
    <label class="report-chapter">
      <span>{say("panel.report.chapters")}</span>
      <select
        class="field"
        value={chosen}
        onChange={(event) => setQuery({ chapter: event.currentTarget.value })}
      >
        {heads.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Choices({ run, lang }: { run: Job; lang: string }) {
  const { say } = useTexts();
  return (
    <div class="report-choices">
      <label>
        <span>{say("panel.report.run")}</span>
        <select
          class="field"
          value={run.id}
          onChange={(event) => setQuery({ run: event.currentTarget.value })}
        >
          {finishedRuns.value.map((job) => (
            <option key={job.id} value={job.id}>
              {moment(job.asked_s)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say("panel.report.language")}</span>
        <select class="field" value={lang} onChange={(event) => setQuery({ in: event.currentTarget.value })}>
          {LANGUAGES.map((one) => (
            <option key={one} value={one}>
              {LANGUAGE_NAMES[one]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** What is taken along most, by the end of its name, the most useful first. */
const KINDS: readonly (readonly [string, string])[] = [
  [".html", "panel.file.html"],
  [".pdf", "panel.file.pdf"],
  [".xlsx", "panel.file.xlsx"],
  [".gpkg", "panel.file.gpkg"],
  [".json", "panel.file.json"],
];
const MEGABYTE = { unit: "count", factor: 1e-6, digits: 1 } as const;
const KILOBYTE = { unit: "count", factor: 1e-3, digits: 0 } as const;
/** Below so many bytes a size is told in kilobytes. */
const SMALL = 1e5;

function Files({ run }: { run: string }) {
  const { say, numbers } = useTexts();
  const [files, setFiles] = useState<readonly RunFile[]>([]);
  useEffect(() => {
    setFiles([]); // those of another run are no files of this one
    runsClient.files(run).then(setFiles, () => setFiles([])); // chapters tell what is wrong
  }, [run]);
  const sizeText = (bytes: number) =>
    bytes < SMALL
      ? say("panel.report.kilobytes", { size: numbers.plain(bytes, KILOBYTE) })
      : say("panel.report.megabytes", { size: numbers.plain(bytes, MEGABYTE) });
  const offered = KINDS.flatMap(([end, key]) =>
    files
      .filter((file) => file.name.endsWith(end) && !file.name.includes("/"))
      .map((file) => ({ file, key })),
  );
  if (offered.length === 0) return null;
  return (
    <section class="report-files" aria-labelledby="report-files">
      <h2 id="report-files">{say("panel.report.files")}</h2>
      <ul>
        {offered.map(({ file, key }) => (
          <li key={file.name}>
            <a href={fileLink(run, file.name)} download title={file.name}>
              {say(key)}
            </a>{" "}
            <span class="quiet">
              {file.name} · {sizeText(file.size_bytes)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

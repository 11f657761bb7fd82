// A chapter made by the server, with the looks of the printed one.
import { useEffect } from "preact/hooks";
import type { WholeChapter } from "../../api/demand.ts";
import { bringStyle } from "../Report/ChapterView.tsx";

export function Chapter({ chapter }: { chapter: WholeChapter }) {
  useEffect(bringStyle, []);
  return <article class="report chapter-view" dangerouslySetInnerHTML={{ __html: chapter.html }} />;
}

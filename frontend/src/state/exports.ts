// What is on the screen as a file: made here of what is known here, or by the server with the report's own code.
import { signal } from "@preact/signals";
import { sending } from "../api/client.ts";
import { ProblemError, problemOf } from "../api/problem.ts";
import type { PlaceRow } from "../api/types.ts";
import { answer, answerOf } from "./answers.ts";
import { placesAsCsv, type Decimal } from "./csv.ts";
import { against, chosen, compared, type Alternative } from "./drafts.ts";
import { language, numbers, say, t } from "./language.ts";
import { pageId } from "./location.ts";
import { study } from "./study.ts";

export type PictureForm = "png" | "svg";

/** Letters of a fingerprint that are told where it only stands beside. */
const SHORT = 12;

/** Draws the map that is on the screen, with all that explains it; undefined while there is none. */
export const mapPicture = signal<((form: PictureForm) => Promise<Blob>) | undefined>(undefined);

/** Keep something as a file of the browser's. */
export function keep(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The alternatives on the screen: what is compared, or the one that is chosen. */
const shown = (): readonly Alternative[] =>
  compared.value.length > 0 ? compared.value : chosen.value ? [chosen.value] : [];

const fileName = (ending: string): string =>
  [study.value?.id ?? "studio", ...shown().map(({ id }) => id)].join("-") + ending;

/** The name of a picture of one part of the page. */
export const pictureName = (what: string, form: PictureForm): string =>
  fileName(
    `-${what
      .toLocaleLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-|-$/g, "")}.${form}`,
  );

/** Pages whose figures are those of the answer that is on the screen. */
const OF_THE_ANSWER = ["map", "compare"];

/** What figures rest on, in a sentence: those on the screen, or an answer with a fingerprint of its own. */
export function sourceText(fingerprint?: string): string {
  const open = study.value;
  const isOwn = fingerprint === undefined && OF_THE_ANSWER.includes(pageId.value);
  const replications = isOwn ? answer.value?.replications : undefined;
  return t(replications === undefined ? "export.source" : "export.source_simulated", {
    study: say(open?.title),
    year: open?.year ?? "",
    replications: numbers.value.whole(replications ?? 0),
    fingerprint: (fingerprint ?? open?.fingerprint ?? "").slice(0, SHORT),
  });
}

export async function keepPicture(form: PictureForm): Promise<void> {
  const picture = await mapPicture.value?.(form);
  if (picture) keep(picture, fileName(`.${form}`));
}

/** The table for whom of every alternative on the screen. */
export function keepTable(decimal: Decimal): void {
  const now = answer.value;
  if (!now) return;
  const parts = shown().map(({ id, title }) => ({
    alternative: say(title) || id,
    places: answerOf(id)?.places ?? ([] as readonly PlaceRow[]),
  }));
  const beside = {
    against: say(against.value?.title) || now.against,
    replications: now.replications,
    fingerprint: now.fingerprint,
  };
  const text = placesAsCsv(parts, beside, decimal, t);
  keep(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }), fileName(".csv"));
}

async function keepOf(asked: Promise<Response>, name: string): Promise<void> {
  const response = await asked;
  if (!response.ok) throw new ProblemError(await problemOf(response));
  keep(await response.blob(), name);
}

const base = () => `/api/studies/${encodeURIComponent(study.value?.id ?? "")}/exports`;
const draft = ({ id, edits, title }: Alternative) => ({ id, edits, title: say(title) || null });

/** Layers or tables of the answer that is on the screen, with as many replications as it has. */
export async function keepAnswer(form: "gpkg" | "xlsx"): Promise<void> {
  const other = against.value;
  const question = {
    page: "export",
    ticket: 0,
    of: shown().map(draft),
    against: other ? draft(other) : "today",
    replications: answer.value?.replications ?? null,
    lang: language.value,
  };
  await keepOf(fetch(`${base()}/answer.${form}`, sending("POST", question)), fileName(`.${form}`));
}

export async function keepStudy(): Promise<void> {
  await keepOf(fetch(`${base()}/study.zip`), `${study.value?.id ?? "study"}.zip`);
}

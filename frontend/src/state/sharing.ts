// A link to what is on the screen. A draft lives in one browser, so its edits travel in the link, after the #, which no server
// ever sees or logs.
import { alternatives, chosen, compared, keepShared, type Alternative } from "./drafts.ts";
import { language } from "./language.ts";
import { go, withQuery } from "./location.ts";

type Shared = Pick<Alternative, "id" | "title" | "description" | "note" | "edits">;

const MARK = "#draft=";

function encode(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function decode(text: string): string {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
}

/** The address of this view, with all that is needed to see the same elsewhere. */
export function sharedLink(): string {
  const link = withQuery({ lang: language.value });
  const seen = [chosen.value, ...compared.value].filter((one) => one?.changed === true);
  const drafts = alternatives.value.filter((one) => seen.includes(one));
  const kept: Shared[] = drafts.map(({ id, title, description, note, edits }) => ({
    id,
    title,
    description,
    note,
    edits,
  }));
  link.hash = kept.length > 0 ? MARK.slice(1) + encode(JSON.stringify(kept)) : "";
  return link.href;
}

/** Take over the drafts of the link that was followed; one's own of the same name stay under another. */
export function takeShared(): void {
  const { hash } = window.location;
  if (!hash.startsWith(MARK)) return;
  try {
    for (const draft of JSON.parse(decode(hash.slice(MARK.length))) as Shared[]) keepShared(draft);
  } catch {
    // Not a link of ours: the view opens without it.
  }
  go(window.location.pathname + window.location.search, true);
}

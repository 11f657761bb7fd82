// The language, its words, and texts of the study in it.
import { computed, effect, signal } from "@preact/signals";
import { client } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import type { Language, Texts } from "../api/types.ts";
import { makeNumbers } from "../numbers/format.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "./remote.ts";
import { query } from "./location.ts";
import { stored } from "./stored.ts";

export const LANGUAGES: readonly Language[] = ["nb", "nn", "en"];
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  nb: "Bokmål",
  nn: "Nynorsk",
  en: "English",
};

const WRITERS = { nb: makeNumbers("nb"), nn: makeNumbers("nn"), en: makeNumbers("en") };

function first(): Language {
  const wished = [query("lang"), ...navigator.languages.map((one) => one.slice(0, 2).replace("no", "nb"))];
  return LANGUAGES.find((one) => one === wished.find((wish) => LANGUAGES.includes(wish as Language))) ?? "nb";
}

export const language = stored<Language>("beredt.language", first());
const linked = query("lang");
if (LANGUAGES.includes(linked as Language)) language.value = linked as Language;

export const words = signal<Remote<Readonly<Record<string, string>>>>(EMPTY);
const dictionary = computed(() => shown(words.value) ?? {});

/** Fetch the words whenever the language changes; the old ones stay until the new ones are here. */
export function keepWords(): () => void {
  return effect(() => {
    const wanted = language.value;
    document.documentElement.lang = wanted;
    words.value = loading(words.peek());
    client.words(wanted).then(
      (found) => {
        if (wanted === language.peek()) words.value = ready(found);
      },
      (error: unknown) => (words.value = failed(asProblem(error), words.peek())),
    );
  });
}

/** The text of a key of [studio], with its {places} filled; the key itself when there is none. */
export function t(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = dictionary.value[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Figures in the manner of the language. */
export const numbers = computed(() => WRITERS[language.value]);

/** A text of the study in the language that is read, or in the nearest that it has: nynorsk reads bokmål before English. */
export function say(texts: Texts | undefined): string {
  if (!texts) return "";
  const near =
    language.value === "nn" ? (["nn", "nb", "en"] as const) : ([language.value, "en", "nb"] as const);
  return near.map((one) => texts[one]).find(Boolean) ?? Object.values(texts)[0] ?? "";
}

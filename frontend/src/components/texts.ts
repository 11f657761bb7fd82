// The reader's words and figures, for components that are given everything else.
import type { Texts } from "../api/types.ts";
import { makeNumbers, type Numbers } from "../numbers/format.ts";
import { language, say, t } from "../state/language.ts";

const WRITERS = { nb: makeNumbers("nb"), nn: makeNumbers("nn"), en: makeNumbers("en") };

/** Texts by their key, figures in the manner of the language; what uses them is drawn anew when it changes. */
export function useTexts(): { say: typeof t; numbers: Numbers; local: (texts: Texts | undefined) => string } {
  return { say: t, numbers: WRITERS[language.value], local: say };
}

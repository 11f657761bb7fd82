// What the layers are made from, gathered from the state.
import { answerOf } from "../state/answers.ts";
import { numbers, t } from "../state/language.ts";
import { service } from "../state/service.ts";
import { study, studyMap } from "../state/study.ts";
import { dark, safeColours } from "../state/theme.ts";
import type { Context } from "./layers.ts";
import { drives } from "./reach.ts";

/** Ids of different tables may be the same: each asks its own. */
export const nameIn = (
  rows: readonly { id: string; name: string }[] | undefined,
  id: string | null | undefined,
) => rows?.find((row) => row.id === id)?.name ?? id ?? "";

/** `after` is the service under the alternative: the chosen one's unless it is given. */
export function contextOf(alternative: string | undefined, after = service.value): Context | undefined {
  const map = studyMap.value;
  if (!map) return undefined;
  return {
    map,
    service: after,
    answer: answerOf(alternative),
    drives: drives.value,
    targets: study.value?.targets ?? [],
    centres: study.value?.centres ?? [],
    organisations: study.value?.organisations ?? [],
    dark: dark.value,
    safe: safeColours.value,
    t,
    numbers: numbers.value,
  };
}

// The alternatives of the study: choose one, compare up to four, copy, name, save, delete.
import { Wrong } from "../Wrong/Wrong.tsx";
import { signal } from "@preact/signals";
import { asProblem } from "../../api/problem.ts";
import type { Problem } from "../../api/types.ts";
import { answerOf } from "../../state/answers.ts";
import {
  alternatives,
  choose,
  chosen,
  compare,
  compared,
  TODAY,
  type Alternative,
} from "../../state/drafts.ts";
import { study } from "../../state/study.ts";
import { inkOf } from "../ink.ts";
import { useTexts } from "../texts.ts";
import { AlternativeRow } from "./AlternativeRow.tsx";
import { AlternativeTools } from "./AlternativeTools.tsx";
import "./AlternativeList.css";

const MOST = 4;
const problem = signal<Problem | null>(null);

export function AlternativeList() {
  const { say, local, numbers } = useTexts();
  const ids = compared.value.map((one) => one.id);
  const one = chosen.value;
  const nameOf = (alternative: Alternative) =>
    alternative.id === TODAY
      ? local(study.value?.base_title) || say("panel.today")
      : local(alternative.title) || alternative.id;
  const pick = (alternative: Alternative) => {
    problem.value = null;
    if (ids.length > 0 && !ids.includes(alternative.id)) compare([]);
    choose(alternative.id);
  };
  const setCompared = (id: string, isCompared: boolean) => {
    const first = ids.length === 0 && one && one.id !== TODAY && one.id !== id ? [one.id] : ids;
    compare(isCompared ? [...first, id] : ids.filter((other) => other !== id));
  };
  return (
    <section class="alternatives" aria-labelledby="alternatives-title">
      <h2 id="alternatives-title">{say("panel.alternatives.title")}</h2>
      <ul>
        {alternatives.value.map((alternative) => (
          <AlternativeRow
            key={alternative.id}
            id={alternative.id}
            name={nameOf(alternative)}
            ink={inkOf(alternative.colour)}
            isChosen={alternative.id === one?.id}
            isChanged={alternative.changed}
            gate={answerOf(alternative.id)?.gate ?? null}
            isCompared={ids.includes(alternative.id)}
            canCompare={alternative.id === TODAY ? undefined : ids.length < MOST}
            onChoose={() => pick(alternative)}
            onCompare={(isCompared) => setCompared(alternative.id, isCompared)}
          />
        ))}
      </ul>
      {ids.length === 1 && <p class="alternatives-hint quiet">{say("panel.alternatives.one_more")}</p>}
      {ids.length >= MOST && (
        <p class="alternatives-hint quiet">{say("panel.alternatives.most", { most: numbers.whole(MOST) })}</p>
      )}
      {one && (
        <AlternativeTools
          one={one}
          name={nameOf(one)}
          onProblem={(error) => (problem.value = error === null ? null : asProblem(error))}
        />
      )}
      {problem.value && (
        <div class="alternatives-problem" role="alert">
          <Wrong problem={problem.value} />
        </div>
      )}
    </section>
  );
}

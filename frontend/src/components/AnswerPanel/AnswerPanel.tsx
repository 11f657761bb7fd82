// The right column: what the year becomes under what is chosen.
import { signal } from "@preact/signals";
import { answer, answerOf, askAgain, progress, stale } from "../../state/answers.ts";
import { against, chosen, compared, type Alternative } from "../../state/drafts.ts";
import { say as local } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { study } from "../../state/study.ts";
import { AnswerBody, type Names } from "../AnswerBody/AnswerBody.tsx";
import { AnswerNotice } from "../AnswerNotice/AnswerNotice.tsx";
import { CalendarSection } from "../CalendarSection/CalendarSection.tsx";
import { ComparePanel } from "../ComparePanel/ComparePanel.tsx";
import { inkOf } from "../ink.ts";
import { useTexts } from "../texts.ts";
import "./AnswerPanel.css";

const chosenPlace = signal<string | null>(null);

export function AnswerPanel() {
  const { say } = useTexts();
  const isComparing = compared.value.length > 1;
  const one = chosen.value;
  const shown = isComparing ? compared.value : one ? [one] : [];
  const isFound = shown.some(({ id }) => answerOf(id) !== undefined);
  const { phase } = progress.value;
  return (
    <div class="answer-panel">
      <AnswerNotice progress={progress.value} isStale={stale.value} hasAnswer={isFound} onAgain={askAgain} />
      {isFound && (
        <div
          class={stale.value ? "answer-panel-body is-stale" : "answer-panel-body"}
          aria-busy={stale.value && phase !== "failed"}
        >
          {isComparing ? <ComparePanel /> : one && <Chosen one={one} />}
        </div>
      )}
      <p class="unseen" role="status">
        {phase === "done" && !isComparing ? (answerOf(one?.id)?.sentence ?? "") : ""}
      </p>
      {!isFound && phase === "done" && <p class="quiet">{say("panel.nothing")}</p>}
    </div>
  );
}

const names: Names = {
  station: (id) => service.value?.stations.find((station) => station.id === id)?.name ?? id,
  place: (id) => {
    const open = study.value;
    return (
      [...(open?.organisations ?? []), ...(open?.municipalities ?? [])].find((one) => one.id === id)?.name ??
      id
    );
  },
  group: (id) => local(study.value?.groups.find((group) => group.id === id)?.name) || id,
};

function Chosen({ one }: { one: Alternative }) {
  const found = answerOf(one.id);
  const other = against.value;
  if (!found) return null;
  const ink = inkOf(one.colour);
  const name = local(one.title) || one.id;
  return (
    <>
      <h2 class="answer-title">
        <i style={{ background: ink }} aria-hidden="true" />
        {name}
      </h2>
      <AnswerBody
        answer={found}
        ink={ink}
        name={name}
        againstName={other ? local(other.title) || other.id : ""}
        alone={one.id === other?.id}
        depth={{ seed: String(answer.value?.seed ?? "–"), fingerprint: answer.value?.fingerprint ?? "" }}
        question={JSON.stringify([one.id, one.edits])}
        chosenPlace={chosenPlace.value}
        onPlace={(id) => (chosenPlace.value = chosenPlace.value === id ? null : id)}
        names={names}
        calendar={<CalendarSection key={JSON.stringify(one.edits)} alternative={one} />}
      />
    </>
  );
}

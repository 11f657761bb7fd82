// Somebody else has answered the same meanwhile: both answers side by side, and one of them is chosen. Nothing is lost.
import { useEffect, useRef } from "preact/hooks";
import type { Question, RiskAnswer, RiskForm } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { answerTo, draftOf, keptAnswer } from "../../../state/risk.ts";

interface Props {
  readonly form: RiskForm;
  readonly question: Question;
  readonly onSettle: (isMine: boolean) => void;
}

export function Met({ form, question, onSettle }: Props) {
  const { say } = useTexts();
  const isMet = draftOf(question)?.fault?.kind === "met";
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isMet) box.current?.scrollIntoView({ block: "nearest" });
  }, [isMet]);
  if (!isMet) return null;
  return (
    <div class="risk-met" role="alert" ref={box}>
      <strong>{say("risk.met_title")}</strong>
      <p>{say("risk.met")}</p>
      <dl>
        <div>
          <dt>{say("risk.met_theirs")}</dt>
          <dd>
            <AnswerText form={form} answer={keptAnswer(question)} />
          </dd>
        </div>
        <div>
          <dt>{say("risk.met_mine")}</dt>
          <dd>
            <AnswerText form={form} answer={answerTo(question)} />
          </dd>
        </div>
      </dl>
      <p class="risk-row">
        <button type="button" class="button" onClick={() => onSettle(false)}>
          {say("risk.keep_theirs")}
        </button>
        <button type="button" class="button" onClick={() => onSettle(true)}>
          {say("risk.write_mine")}
        </button>
      </p>
    </div>
  );
}

/** An answer in one line: "4 × 5 → 2 × 5 · weak · Training". */
export function AnswerText({ form, answer }: { form: RiskForm; answer: RiskAnswer }) {
  const { say, local } = useTexts();
  const pair = (likelihood: number | null, consequence: number | null) =>
    likelihood === null ? "–" : `${likelihood} × ${consequence ?? "–"}`;
  const before = pair(answer.likelihood_before, answer.consequence_before);
  const after = pair(answer.likelihood_after, answer.consequence_after);
  const knowledge = form.knowledge.find((one) => one.id === answer.knowledge);
  const parts = [say("risk.pair", { before, after }), local(knowledge?.name), answer.measures ?? ""];
  return <>{parts.filter(Boolean).join(" · ")}</>;
}

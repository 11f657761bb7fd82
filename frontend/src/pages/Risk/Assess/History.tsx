// What was answered here before, by whom and when. It is fetched when somebody wants to see it.
import { useEffect, useState } from "preact/hooks";
import { asProblem } from "../../../api/problem.ts";
import { riskClient, type Deed, type Question, type RiskAnswer } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { moment } from "../../../state/moments.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../../../state/remote.ts";
import { picture, riskForm } from "../../../state/risk.ts";
import { AnswerText } from "./Met.tsx";

export function History({ study, question }: { study: string; question: Question }) {
  const { say } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [deeds, setDeeds] = useState<Remote<readonly Deed[]>>(EMPTY);
  const form = shown(riskForm.value);
  const version = picture.value?.version;
  useEffect(() => {
    if (!isOpen) return;
    setDeeds(loading);
    riskClient.history(study, question).then(
      (found) => setDeeds(ready([...found].reverse())),
      (error: unknown) => setDeeds((before) => failed(asProblem(error), before)),
    );
  }, [isOpen, version]);
  const found = shown(deeds);
  return (
    <details class="risk-history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("risk.history")}</summary>
      {deeds.state === "failed" && <p role="alert">{say(deeds.problem.detail)}</p>}
      {found?.length === 0 && <p class="quiet">{say("risk.history_none")}</p>}
      <ol>
        {form &&
          found?.map((deed) => (
            <li key={deed.at_s}>
              <span class="quiet">
                {moment(deed.at_s)} {deed.by}
              </span>{" "}
              <AnswerText form={form} answer={deed.answer as RiskAnswer} />
            </li>
          ))}
      </ol>
    </details>
  );
}

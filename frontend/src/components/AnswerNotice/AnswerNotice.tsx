// Where the answer stands when it is not simply here: on its way, lost for a moment, or failed, with what to do.
import { WrongBody } from "../Wrong/Wrong.tsx";
import type { Progress } from "../../state/answers.ts";
import { useTexts } from "../texts.ts";
import "./AnswerNotice.css";

interface Props {
  readonly progress: Progress;
  readonly isStale: boolean;
  readonly hasAnswer: boolean;
  readonly onAgain: () => void;
}

export function AnswerNotice({ progress, isStale, hasAnswer, onAgain }: Props) {
  const { say, numbers } = useTexts();
  if (progress.phase === "failed") {
    const { title } = progress.problem;
    return (
      <div class="answer-notice is-failed" role="alert">
        <h3>{say(title)}</h3>
        <WrongBody problem={progress.problem} />
        {isStale && hasAnswer && <p>{say("panel.stale_failed")}</p>}
        <button type="button" class="button" onClick={onAgain}>
          {say("panel.again")}
        </button>
      </div>
    );
  }
  if (progress.phase === "waiting") {
    return (
      <p class="answer-notice" role="status">
        {say("panel.waiting", { seconds: numbers.whole(progress.seconds) })}
      </p>
    );
  }
  if (isStale && hasAnswer) {
    return (
      <p class="answer-notice" role="status">
        {say("panel.stale")}
      </p>
    );
  }
  if (hasAnswer || progress.phase === "done") return null;
  if (progress.phase === "empty") return <p class="answer-notice">{say("panel.empty")}</p>;
  return (
    <div class="answer-wait" role="status">
      <p class="quiet">{(progress.phase === "preparing" && progress.text) || say("panel.loading")}</p>
      <div class="answer-wait-line" aria-hidden="true" />
      <div class="answer-wait-line" aria-hidden="true" />
      <div class="answer-wait-cards" aria-hidden="true">
        <div />
        <div />
        <div />
        <div />
      </div>
    </div>
  );
}

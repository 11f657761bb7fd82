// The line at the foot of the screen: how far the answer about the chosen alternative has come.
import { answer, answerOf, progress } from "../../state/answers.ts";
import { chosen, compared } from "../../state/drafts.ts";
import "./StatusLine.css";
import { StatusText } from "./StatusText.tsx";

export function StatusLine() {
  const shown = compared.value[0] ?? chosen.value;
  const card = answerOf(shown?.id)?.cards[0];
  const { phase } = progress.value;
  if (phase === "preparing" && progress.value.text !== undefined)
    return <p class="status-line quiet">{progress.value.text}</p>;
  return (
    <StatusText
      progress={answer.value ?? null}
      difference={card?.difference ?? card?.value ?? null}
      isRunning={phase === "preparing" || phase === "running"}
    />
  );
}

// The answer, fed from the state.
import { answerOf } from "../../state/answers.ts";
import { chosen } from "../../state/drafts.ts";

export function Right() {
  const answer = answerOf(chosen.value?.id);
  return <p>{answer?.sentence}</p>;
}

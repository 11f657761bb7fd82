// The bottom line, fed from the state.
import { answer, progress } from "../../state/answers.ts";

export function Status() {
  return (
    <p>
      {progress.value.phase} {answer.value?.replications}
    </p>
  );
}

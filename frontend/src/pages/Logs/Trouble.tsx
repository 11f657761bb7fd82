// What went wrong, with every issue that was found and what to do about it.
import { Wrong } from "../../components/Wrong/Wrong.tsx";
import type { Problem } from "../../api/types.ts";
import { useTexts } from "../../components/texts.ts";
import "../Runs/Runs.css";

interface Props {
  readonly problem: Problem;
  readonly onAgain?: () => void;
}

export function Trouble({ problem, onAgain }: Props) {
  const { say } = useTexts();
  return (
    <div class="job-problem" role="alert">
      <Wrong problem={problem} />
      {onAgain && (
        <button type="button" class="button" onClick={onAgain}>
          {say("logs.again")}
        </button>
      )}
    </div>
  );
}

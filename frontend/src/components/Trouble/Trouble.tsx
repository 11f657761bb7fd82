// What went wrong, with every issue that was found and what to do about it, where it happened.
import type { Problem } from "../../api/types.ts";
import { useTexts } from "../texts.ts";
import { Wrong } from "../Wrong/Wrong.tsx";
import "./Trouble.css";

interface Props {
  readonly problem: Problem;
  readonly onAgain?: () => void;
}

export function Trouble({ problem, onAgain }: Props) {
  const { say } = useTexts();
  return (
    <div class="trouble" role="alert">
      <Wrong problem={problem} />
      {onAgain && (
        <button type="button" class="button" onClick={onAgain}>
          {say("logs.again")}
        </button>
      )}
    </div>
  );
}

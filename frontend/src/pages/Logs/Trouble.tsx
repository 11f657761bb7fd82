// What went wrong, with every issue that was found and what to do about it.
import type { Problem } from "../../api/types.ts";
import { useTexts } from "../../components/texts.ts";

interface Props {
  readonly problem: Problem;
  readonly onAgain?: () => void;
}

export function Trouble({ problem, onAgain }: Props) {
  const { say } = useTexts();
  return (
    <div class="job-problem" role="alert">
      <strong>{say(problem.title)}</strong>
      {!problem.issues?.length && <p>{say(problem.detail)}</p>}
      {problem.issues?.map((issue, number) => (
        <p key={number}>
          {[issue.file, issue.row === null ? "" : String(issue.row), issue.field].filter(Boolean).join(", ")}
          {issue.file && ": "}
          {issue.message} {issue.remedy}
        </p>
      ))}
      {onAgain && (
        <button type="button" class="button" onClick={onAgain}>
          {say("logs.again")}
        </button>
      )}
    </div>
  );
}

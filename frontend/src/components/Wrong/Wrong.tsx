// What went wrong, with every issue that was found and what to do about it. What the server can say in English only says so.
import type { ComponentChildren } from "preact";
import type { Issue, Problem } from "../../api/types.ts";
import { language } from "../../state/language.ts";
import { useTexts } from "../texts.ts";

/** A text of the server's, marked where it is in another language than the page. */
function Said({ of, children }: { of: string | undefined; children: ComponentChildren }) {
  const { say } = useTexts();
  if (of === undefined || of === language.value) return <>{children}</>;
  return (
    <>
      <span lang={of}>{children}</span>
      {of === "en" && <span class="quiet"> ({say("shell.in_english")})</span>}
    </>
  );
}

const placeOf = ({ file, row, field }: Issue) => [file, row ?? "", field].filter(Boolean).join(", ");

export function IssueText({ issue }: { issue: Issue }) {
  const place = placeOf(issue);
  return (
    <>
      {place && `${place}: `}
      <Said of={issue.language}>
        {issue.message} → {issue.remedy}
      </Said>
    </>
  );
}

/** What was found, with what to do about each. */
export function IssueList({ issues }: { issues: readonly Issue[] }) {
  return (
    <ul class="wrong-issues">
      {issues.map((issue, number) => (
        <li key={number}>
          <IssueText issue={issue} />
        </li>
      ))}
    </ul>
  );
}

/** Why, and all that was found: without issues the sentence alone. */
export function WrongBody({ problem: { detail, issues = [], language: of } }: { problem: Problem }) {
  const { say } = useTexts();
  return (
    <>
      <p>
        <Said of={of}>{say(detail)}</Said>
      </p>
      {issues.length > 0 && <IssueList issues={issues} />}
    </>
  );
}

export function Wrong({ problem }: { problem: Problem }) {
  const { say } = useTexts();
  return (
    <>
      <strong>{say(problem.title)}</strong>
      <WrongBody problem={problem} />
    </>
  );
}

// The right column when several alternatives are compared: what each does, and one table of differences.
import { answerOf } from "../../state/answers.ts";
import { against, compared } from "../../state/drafts.ts";
import { linkTo } from "../../state/location.ts";
import { inkOf } from "../ink.ts";
import { useTexts } from "../texts.ts";
import { CompareTable, type Column } from "./CompareTable.tsx";
import "./ComparePanel.css";

/** The alternatives that are compared and have an answer. */
export function useColumns(): Column[] {
  const { local } = useTexts();
  return compared.value.flatMap((one) => {
    const answer = answerOf(one.id);
    return answer ? [{ answer, name: local(one.title) || one.id, ink: inkOf(one.colour) }] : [];
  });
}

export function ComparePanel() {
  const { say, local } = useTexts();
  const columns = useColumns();
  const other = against.value;
  return (
    <>
      <h2 class="compare-title">{say("panel.compare.title")}</h2>
      <ul class="compare-sentences">
        {columns.map(({ answer, name, ink }) => (
          <li key={answer.id} style={{ borderColor: ink }}>
            <strong>{name}</strong>
            <p>{answer.sentence}</p>
          </li>
        ))}
      </ul>
      <CompareTable columns={columns} againstName={other ? local(other.title) || other.id : ""} />
      <p class="quiet compare-board">{say("panel.gate.board")}</p>
      <p>
        <a class="button" href={linkTo("compare")}>
          {say("panel.compare.all")}
        </a>
      </p>
    </>
  );
}

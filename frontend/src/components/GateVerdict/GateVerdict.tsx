// Premise 1 in words and a mark: meets, does not meet, undecided. The program informs; the board decides.
import type { GateRow } from "../../api/types.ts";
import { differenceForm } from "../../numbers/forms.ts";
import type { Gate, Outcome } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { unbroken } from "../unbroken.ts";
import "./GateVerdict.css";

export const GATE_MARKS: Readonly<Record<Outcome, string>> = { meets: "✓", fails: "✗", undecided: "◇" };

interface Props {
  readonly gate: Gate;
  /** One line, where it stands among others. */
  readonly short?: boolean;
}

export function GateVerdict({ gate, short = false }: Props) {
  const { say } = useTexts();
  const answer = (
    <>
      <span class="gate-mark" aria-hidden="true">
        {gate.mark || GATE_MARKS[gate.outcome]}
      </span>{" "}
      {gate.answer}
      {gate.provisional && <span class="quiet gate-provisional"> {say("panel.gate.provisional")}</span>}
    </>
  );
  if (short) return <span class={`gate-short gate-${gate.outcome}`}>{answer}</span>;
  return (
    <section class={`gate gate-${gate.outcome}`} aria-label={gate.title}>
      <p class="gate-answer">{answer}</p>
      {gate.lines.slice(0, 1).map((line) => (
        <p key={line}>{unbroken(line)}</p>
      ))}
      <p class="quiet">{say("panel.gate.board")}</p>
      {(gate.rows.length > 0 || gate.lines.length > 1) && (
        <details>
          <summary>{say("panel.gate.rows")}</summary>
          {gate.lines.slice(1).map((line) => (
            <p key={line}>{unbroken(line)}</p>
          ))}
          {gate.rows.length > 0 && <GateRows rows={gate.rows} />}
        </details>
      )}
    </section>
  );
}

function GateRows({ rows }: { rows: readonly GateRow[] }) {
  const { say, numbers } = useTexts();
  return (
    <div class="gate-rows" tabIndex={0} role="region" aria-label={say("panel.gate.rows")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("panel.gate.group")}</th>
            <th scope="col">{say("panel.gate.difference")}</th>
            <th scope="col">{say("panel.gate.margin")}</th>
            <th scope="col">{say("panel.gate.verdict")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.group} ${row.measure}`}>
              <th scope="row">
                {row.name} <span class="quiet">{row.title}</span>
              </th>
              <td>{numbers.estimate(row.difference, differenceForm(row.unit), true)}</td>
              <td>{numbers.text(row.margin, differenceForm(row.unit))}</td>
              <td class={`gate-${row.outcome}`}>
                <span class="gate-mark" aria-hidden="true">
                  {GATE_MARKS[row.outcome]}
                </span>
                {say(`panel.gate.short.${row.outcome}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Premise 1 in words and a mark: meets, does not meet, undecided. The program informs; the board decides. */
import type { Gate, Outcome } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./GateVerdict.css";

export const GATE_MARKS: Readonly<Record<Outcome, string>> = { meets: "✓", fails: "✗", undecided: "◇" };

interface Props {
  gate: Gate;
  /** One line, where it stands among others. */
  short?: boolean;
}

export function GateVerdict({ gate, short = false }: Props) {
  const { say } = useTexts();
  const answer = (
    <>
      <span class="gate-mark" aria-hidden="true">
        {gate.mark || GATE_MARKS[gate.outcome]}
      </span>{" "}
      {gate.answer}
    </>
  );
  if (short) return <span class={`gate-short gate-${gate.outcome}`}>{answer}</span>;
  return (
    <section class={`gate gate-${gate.outcome}`} aria-label={gate.title}>
      <p class="gate-answer">{answer}</p>
      {gate.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class="quiet">{say("panel.gate.board")}</p>
    </section>
  );
}

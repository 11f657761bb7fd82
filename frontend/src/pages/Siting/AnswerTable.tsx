// The best answers from the first on: what each is worth, how surely, and what it changes from the first.
import type { SiteAnswer, Siting } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { PERCENT, type Form } from "../../numbers/forms.ts";

interface Props {
  readonly siting: Siting;
  /** The rank that is on the map; null while a point of the trade-off is. */
  readonly chosen: number | null;
  readonly onChoose: (rank: number) => void;
}

export function AnswerTable({ siting, chosen, onChoose }: Props) {
  const { say, numbers } = useTexts();
  const form = siting.objective as Form;
  const first = siting.answers[0];
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{say("siting.rank")}</th>
            <th class="is-number">{say("siting.worth")}</th>
            <th class="is-number">{say("siting.from_first")}</th>
            <th>{say("siting.proof")}</th>
            <th>{say("siting.differs")}</th>
          </tr>
        </thead>
        <tbody>
          {siting.answers.map((one) => (
            <tr key={one.rank} class={one.rank === chosen ? "is-chosen" : ""}>
              <td>
                <button
                  type="button"
                  class="button"
                  aria-pressed={one.rank === chosen}
                  aria-label={say("siting.show_answer", { rank: one.rank })}
                  onClick={() => onChoose(one.rank)}
                >
                  {one.rank}
                </button>
              </td>
              <td class="is-number">{numbers.text(one.value, form)}</td>
              <td class="is-number">
                {one.rank === 1 || !first ? "" : numbers.text(one.value - first.value, form, true)}
              </td>
              <td>
                <Proof answer={one} />
              </td>
              <td>
                <Differs answer={one} siting={siting} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Proof({ answer }: { answer: SiteAnswer }) {
  const { say, numbers } = useTexts();
  if (answer.proved) return <>✓ {say("analysis.proved")}</>;
  if (answer.gap === null) return <>{say("analysis.unknown_gap")}</>;
  return <>{say("analysis.not_proved", { gap: numbers.text(answer.gap, { ...PERCENT, digits: 2 }) })}</>;
}

function Differs({ answer, siting }: { answer: SiteAnswer; siting: Siting }) {
  const { say, local } = useTexts();
  if (answer.rank === 1) return <>{say("siting.the_first")}</>;
  const name = (id: string) => local(siting.sites.find((one) => one.id === id)?.name) || id;
  const told = (key: string, ids: readonly string[]) =>
    ids.length > 0 ? [say(key, { sites: ids.map(name).join(", ") })] : [];
  const parts = [
    ...told("siting.opens", answer.opened),
    ...told("siting.leaves", answer.given_up),
    ...told("siting.other_units", answer.changed),
  ];
  return (
    <>
      {parts.map((one) => (
        <span key={one} class="answer-differs">
          {one}
        </span>
      ))}
    </>
  );
}

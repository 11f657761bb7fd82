// Makes an alternative of an answer, with how many edits that takes and what edits cannot say of it.
import type { Plan } from "../../api/analyses.ts";
import type { Texts } from "../../api/types.ts";
import { useTexts } from "../../components/texts.ts";
import { makeAlternative } from "./alternative.ts";

interface Props {
  readonly plan: Plan;
  /** The alternative that was asked about. */
  readonly about: string;
  readonly title: Texts;
  readonly help?: string;
  readonly label?: string;
}

export function PlanButton({ plan, about, title, help, label }: Props) {
  const { say, local, numbers } = useTexts();
  const count = plan.edits.length;
  const told =
    count === 0
      ? say("analysis.changes_none")
      : count === 1
        ? say("analysis.changes_one")
        : say("analysis.changes_many", { count: numbers.whole(count) });
  return (
    <div class="plan" data-unpictured>
      <button
        type="button"
        class="button primary"
        disabled={count === 0}
        onClick={() => makeAlternative(plan, about, title)}
      >
        {label ?? say("analysis.make")}
      </button>
      <p class="quiet">
        {[told, count > 0 ? say("analysis.made") : "", help ?? "", ...plan.unsaid.map((one) => local(one))]
          .filter(Boolean)
          .join(" ")}
      </p>
    </div>
  );
}

/** A difference in words, with a mark that says which way it goes: never by colour alone. */
import { differenceForm } from "../../numbers/forms.ts";
import type { Change, Estimate } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./ChangeText.css";

interface Props {
  difference: Estimate;
  change: Change;
  unit: string;
  /** Without the words, where a column is narrow: the interval stays. */
  short?: boolean;
}

const MARKS: Readonly<Record<Change, string>> = {
  better: "▲",
  worse: "▼",
  unclear: "",
  none: "",
  changed: "",
};

export function ChangeText({ difference, change, unit, short = false }: Props) {
  const { say, numbers } = useTexts();
  const form = differenceForm(unit);
  if (change === "none") return <span class="change-text change-none">{say("panel.change.none")}</span>;
  const interval = numbers.interval(difference, form, true);
  if (change === "unclear" && !short) {
    return (
      <span class="change-text change-unclear">
        {say("panel.change.unclear")} <span class="change-interval">{interval}</span>
      </span>
    );
  }
  return (
    <span class={`change-text change-${change}`}>
      {MARKS[change] !== "" && (
        <>
          <span class="change-mark" aria-hidden="true">
            {MARKS[change]}
          </span>
          <span class="unseen">{say(`panel.change.${change}`)} </span>
        </>
      )}
      <span class="change-amount">{numbers.text(difference.value, form, true)}</span>{" "}
      <span class="change-interval">{interval}</span>
    </span>
  );
}

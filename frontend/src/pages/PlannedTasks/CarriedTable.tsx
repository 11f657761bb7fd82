// Numbers of planned tasks a day: what becomes of them, what they cost, and whether that stays within the margin.
import type { Capacity, Carried } from "../../api/analyses.ts";
import { DotInterval } from "../../components/DotInterval/DotInterval.tsx";
import { domainOf } from "../../components/DotInterval/scale.ts";
import { useTexts } from "../../components/texts.ts";
import { unbroken } from "../../components/unbroken.ts";
import { COUNT, PERCENT, SECONDS, WHOLE_POINTS } from "../../numbers/forms.ts";

export function CarriedTable({ answer }: { answer: Capacity }) {
  const { say, word } = useWords();
  const domain = domainOf(
    answer.carried.map((one) => one.share_change_pp),
    [0, -answer.margin_pp],
  );
  return (
    <div class="analysis-scroll">
      <table class="analysis-table carried">
        <thead>
          <tr>
            <th class="is-number">{word("per_day")}</th>
            <th class="is-wide">{say("tasks.change")}</th>
            <th class="is-number">{word("mean")}</th>
            <th class="is-number">{word("done")}</th>
            <th class="is-number">{word("late")}</th>
            <th>{word("holds")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.carried.map((one) => (
            <Line key={one.per_day} one={one} margin={answer.margin_pp} domain={domain} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly one: Carried;
  readonly margin: number;
  readonly domain: ReturnType<typeof domainOf>;
}

function Line({ one, margin, domain }: LineProps) {
  const { say, numbers } = useTexts();
  const number = numbers.plain(one.per_day, Number.isInteger(one.per_day) ? COUNT : { ...COUNT, digits: 1 });
  const change = numbers.estimate(one.share_change_pp, WHOLE_POINTS, true);
  const alt = say("tasks.change_alt", { number, change, margin: numbers.text(margin, WHOLE_POINTS) });
  const dots = [{ id: "change", estimate: one.share_change_pp, ink: "var(--text)" }];
  return (
    <tr>
      <th scope="row" class="is-number">
        {number}
      </th>
      <td class="is-wide">
        <DotInterval dots={dots} alt={alt} zero={0} edge={-margin} domain={domain} />
        {unbroken(change)}
      </td>
      <td class="is-number">
        {unbroken(numbers.estimate(one.mean_change_s, { ...SECONDS, digits: 1 }, true))}
      </td>
      <td class="is-number">{numbers.text(one.done_share.value, PERCENT)}</td>
      <td class="is-number">{numbers.text(one.late_share.value, PERCENT)}</td>
      <td>{one.holds ? `✓ ${say("tasks.holds")}` : say("tasks.holds_not")}</td>
    </tr>
  );
}

function useWords() {
  const { say } = useTexts();
  return { say, word: (name: string) => say(`tasks.column.${name}`) };
}

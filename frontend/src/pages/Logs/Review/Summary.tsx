// How many cases stand where, by rule. Small counts are left out: it is for everybody who may see the indicators.
import type { LogForms, Queue } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";

interface Props {
  readonly queue: Queue;
  readonly forms: LogForms;
  readonly isOpen: boolean;
}

const LEFT_OUT = ":";

export function Summary({ queue, forms, isOpen }: Props) {
  const { say, local, numbers } = useTexts();
  const count = (value: number | null | undefined) =>
    value === null || value === undefined ? LEFT_OUT : numbers.whole(value);
  const title = (rule: string) =>
    rule === ""
      ? say("logs.review.all_rules")
      : local(forms.review_rules.find((one) => one.id === rule)?.title) || rule;
  const rows = [...queue.rows].sort((a, b) => Number(a.rule === "") - Number(b.rule === ""));
  return (
    <details class="log-fold" open={isOpen}>
      <summary>{say("logs.review.summary")}</summary>
      <p class="quiet">{say("logs.review.summary_help")}</p>
      <div class="log-table" tabIndex={0} role="region" aria-label={say("logs.review.summary")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say("logs.review.rule")}</th>
              <th scope="col" class="figures">
                {say("logs.review.cases")}
              </th>
              {forms.statuses.map((one) => (
                <th key={one.id} scope="col" class="figures">
                  {local(one.title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.rule}>
                <th scope="row">{title(row.rule)}</th>
                <td class="figures">{count(row.cases)}</td>
                {forms.statuses.map((one) => (
                  <td key={one.id} class="figures">
                    {count(row.by_status[one.id])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

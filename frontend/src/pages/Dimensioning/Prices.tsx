// What borders cost, and what was proposed beside what the rule gives.
import type { Dimensioning } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { FTE, UNITS } from "../../numbers/forms.ts";

export function Prices({ prices }: { prices: Dimensioning["prices"] }) {
  const { say, local, numbers } = useTexts();
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{say("dimension.scenario")}</th>
            <th class="is-number">{say("dimension.units")}</th>
            <th class="is-number">{say("dimension.fte")}</th>
            <th class="is-number">{say("dimension.yearly")}</th>
            <th class="is-number">{say("dimension.repeated")}</th>
          </tr>
        </thead>
        <tbody>
          {prices.map((one) => (
            <tr key={one.alternative}>
              <th scope="row">{local(one.name)}</th>
              <td class="is-number">{numbers.plain(one.units, UNITS, true)}</td>
              <td class="is-number">{numbers.plain(one.fte, FTE, true)}</td>
              <td class="is-number">{numbers.estimate(one.yearly, UNITS, true)}</td>
              <td class="is-number">
                {one.repetitions > 0 ? numbers.estimate(one.repeated, UNITS, true) : "–"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Proposals({ rows }: { rows: Dimensioning["proposals"] }) {
  const { say, local, numbers } = useTexts();
  const told = rows.filter((one) => Math.abs(one.proposed) + Math.abs(one.rule) > 0);
  if (told.length === 0) return <p>{say("dimension.no_proposals")}</p>;
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{say("dimension.scenario")}</th>
            <th>{say("dimension.organisation")}</th>
            <th class="is-number">{say("dimension.proposed")}</th>
            <th class="is-number">{say("dimension.adds")}</th>
            <th>{say("dimension.agrees")}</th>
          </tr>
        </thead>
        <tbody>
          {told.map((one) => (
            <tr key={`${one.alternative} ${one.organisation}`}>
              <th scope="row">{local(one.name)}</th>
              <td>{one.organisation}</td>
              <td class="is-number">{numbers.plain(one.proposed, UNITS, true)}</td>
              <td class="is-number">{numbers.plain(one.rule, UNITS, true)}</td>
              <td>{say(one.agrees ? "dimension.yes" : "dimension.no")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

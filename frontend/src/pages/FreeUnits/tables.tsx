// Rules for free units: response under each beside the first, and what each asks of a unit in a shift.
import type { Policies, Rule } from "../../api/analyses.ts";
import { DotInterval } from "../../components/DotInterval/DotInterval.tsx";
import { domainOf } from "../../components/DotInterval/scale.ts";
import { useTexts } from "../../components/texts.ts";
import { unbroken } from "../../components/unbroken.ts";
import { COUNT, KM, MINUTES, PERCENT, SECONDS, WHOLE_PERCENT, WHOLE_POINTS } from "../../numbers/forms.ts";
import { study } from "../../state/study.ts";
import { makeAlternative } from "../Analysis/alternative.ts";

/** Of shares that are per cent already. */
const OF_HUNDRED = { ...WHOLE_PERCENT, factor: 1, digits: 1 };
const TENTHS = { ...COUNT, digits: 2 };

export function GainTable({ answer }: { answer: Policies }) {
  const { say, local, numbers } = useTexts();
  const [first] = answer.rules;
  const domain = domainOf(
    answer.rules.map((one) => one.share_change_pp),
    [0],
  );
  const word = (name: string) => say(`policies.column.${name}`);
  const alt = (one: Rule) =>
    say("policies.change_alt", {
      rule: local(one.name),
      change: numbers.estimate(one.share_change_pp, WHOLE_POINTS, true),
      first: local(first?.name),
    });
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{word("rule")}</th>
            <th class="is-number">{word("share")}</th>
            <th class="is-wide">{word("share_change")}</th>
            <th class="is-number">{word("mean")}</th>
            <th class="is-number">{word("mean_change")}</th>
            <th>
              <span class="unseen">{say("analysis.make")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.rules.map((one) => (
            <tr key={one.rule}>
              <th scope="row">{local(one.name)}</th>
              <td class="is-number">{numbers.text(one.share_pp.value, OF_HUNDRED)}</td>
              {one === first ? (
                <td class="is-wide quiet">{say("policies.first")}</td>
              ) : (
                <td class="is-wide">
                  <DotInterval
                    dots={[{ id: one.rule, estimate: one.share_change_pp, ink: "var(--text)" }]}
                    alt={alt(one)}
                    zero={0}
                    domain={domain}
                  />
                  {unbroken(numbers.estimate(one.share_change_pp, WHOLE_POINTS, true))}
                </td>
              )}
              <td class="is-number">{numbers.text(one.mean_s.value, MINUTES)}</td>
              <td class="is-number">
                {one !== first &&
                  unbroken(numbers.estimate(one.mean_change_s, { ...SECONDS, digits: 1 }, true))}
              </td>
              <td>
                <MakeButton answer={answer} one={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{say("analysis.made")}</p>
    </div>
  );
}

/** Not in a picture of the table. */
function MakeButton({ answer, one }: { answer: Policies; one: Rule }) {
  const { say } = useTexts();
  const { plan } = one;
  if (!plan) return null;
  const title = titled(one, (name) => say("policies.alternative_title", { name }));
  return (
    <button
      type="button"
      class="button"
      data-unpictured
      onClick={() => makeAlternative(plan, answer.alternative, title)}
    >
      {say("analysis.make")}
    </button>
  );
}

const titled = (one: Rule, title: (name: string) => string) =>
  Object.fromEntries(Object.entries(one.name).map(([language, name]) => [language, title(name)]));

export function CrewTable({ answer }: { answer: Policies }) {
  const { say, local, numbers } = useTexts();
  const word = (name: string) => say(`policies.column.${name}`);
  const placed = (id: string | null) =>
    study.value?.municipalities.find((place) => place.id === id)?.name ?? id ?? "–";
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{word("rule")}</th>
            <th class="is-number">{word("moves")}</th>
            <th class="is-number">{word("night_moves")}</th>
            <th class="is-number">{word("km")}</th>
            <th class="is-number">{word("rest")}</th>
            <th>{word("worst")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.rules.map((one) => (
            <tr key={one.rule}>
              <th scope="row">{local(one.name)}</th>
              <td class="is-number">{numbers.text(one.moves_per_shift.value, TENTHS)}</td>
              <td class="is-number">{numbers.text(one.night_moves_per_shift.value, TENTHS)}</td>
              <td class="is-number">{numbers.text(one.km_per_shift.value, { ...KM, digits: 1 })}</td>
              <td class="is-number">{numbers.text(one.rest_share.value, PERCENT)}</td>
              <td>
                {placed(one.worst)} {numbers.text(one.worst_share_pp.value, OF_HUNDRED)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

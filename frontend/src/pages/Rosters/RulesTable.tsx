// What rosters may be made of, as the rules have it.
import type { RosterRules } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { COUNT, HOURS, PERCENT } from "../../numbers/forms.ts";

type Family = RosterRules["families"][number];

/** A family of shifts in words. */
export function useFamilyText(): (family: Family) => string {
  const { say, numbers } = useTexts();
  const days = say("panel.week.days").split(" ");
  const order = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const named = (text: string) =>
    text
      .split(";")
      .map((run) =>
        run
          .split("-")
          .map((day) => days[order.indexOf(day)] ?? day)
          .join("–"),
      )
      .join(", ");
  return (family) =>
    say(family.first === family.last ? "rosters.family_one" : "rosters.family", {
      length: numbers.text(family.length_h, { ...HOURS, digits: Number.isInteger(family.length_h) ? 0 : 1 }),
      first: family.first,
      last: family.last,
      days: family.weekdays.map(named).join(", "),
      crew: family.crew,
    });
}

export function RulesTable({ rules }: { rules: RosterRules }) {
  const { say, numbers } = useTexts();
  const familyText = useFamilyText();
  const facts: readonly (readonly [string, string])[] = [
    ["blocking", numbers.text(rules.blocking, { ...PERCENT, digits: 0 })],
    ["least_units", numbers.whole(rules.least_units)],
    ["most_units", numbers.whole(rules.most_units)],
    ["handover_min", numbers.text(rules.handover_min, { ...COUNT, unit: "min" })],
  ];
  return (
    <>
      <dl class="analysis-facts">
        {facts.map(([key, text]) => (
          <div key={key}>
            <dt>{say(`rosters.${key}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>{say("rosters.net_hours", { hours: numbers.whole(rules.net_hours_per_fte) })}</p>
      <ul class="roster-families">
        {rules.families.map((one) => (
          <li key={one.id}>{familyText(one)}</li>
        ))}
      </ul>
    </>
  );
}

// What holds now at the borders that a change is about: so that who writes it knows what it changes.
import type { Service } from "../../api/types.ts";
import type { Draft } from "../EditForm/draft.ts";
import type { EditKind, Named } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./BorderNow.css";

type Rule = Service["border_rules"][number];

interface Props {
  readonly kind: EditKind;
  readonly draft: Draft;
  readonly rules: readonly Rule[];
  readonly centres: readonly Named[];
}

export function BorderNow({ kind, draft, rules, centres }: Props) {
  const { say, numbers, local } = useTexts();
  const meant = rulesMeant(rules, draft);
  if (meant.length === 0) return null;
  const centre = (id: string) => centres.find((one) => one.id === id)?.name ?? id;
  const word = (key: string, value: string) => {
    const choices = kind.fields.find((field) => field.key === key)?.choices ?? [];
    const found = choices.find((choice) => choice.value === value);
    return found ? local(found.name) : value;
  };
  return (
    <section class="border-now" aria-label={say("forms.border_now")}>
      <h4>{say("forms.border_now")}</h4>
      <ul>
        {meant.map((rule) => (
          <li key={`${rule.asking_centre} ${rule.owning_centre} ${rule.urgency}`}>
            {say("forms.border_rule", {
              asking: centre(rule.asking_centre),
              owning: centre(rule.owning_centre),
              urgency: rule.urgency,
              policy: word("policy", rule.policy),
              margin: numbers.whole(rule.margin_s),
              ask: numbers.whole(rule.ask_s),
              view: word("view", rule.view),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The rules that a change would touch: what is not said yet, or said for all, means every one. */
export function rulesMeant(rules: readonly Rule[], draft: Draft): readonly Rule[] {
  const asks = (key: string, value: string) => {
    const said = draft[key] ?? "";
    return said === "" || said === "*" || said === value;
  };
  return rules.filter(
    (rule) =>
      rule.change !== "gone" &&
      asks("asking_centre", rule.asking_centre) &&
      asks("owning_centre", rule.owning_centre) &&
      asks("urgency", rule.urgency),
  );
}

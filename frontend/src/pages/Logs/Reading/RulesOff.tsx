// Rules of cleaning that can be switched off, folded away: the usual import runs them all.
import type { LogForms } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";

interface Props {
  readonly forms: LogForms;
  readonly without: readonly string[];
  readonly onChange: (without: readonly string[]) => void;
}

export function RulesOff({ forms, without, onChange }: Props) {
  const { say, local, numbers } = useTexts();
  return (
    <details class="log-fold" open={without.length > 0}>
      <summary>
        {say("logs.reading.rules")}
        {without.length > 0 && (
          <strong> · {say("logs.reading.rules_off", { count: numbers.whole(without.length) })}</strong>
        )}
      </summary>
      <p class="quiet">{say("logs.reading.rules_help")}</p>
      <ul class="reading-rules">
        {forms.rules
          .filter((rule) => rule.optional)
          .map((rule) => (
            <li key={rule.id}>
              <label class="log-check">
                <input
                  type="checkbox"
                  checked={without.includes(rule.id)}
                  onChange={(event) =>
                    onChange(
                      event.currentTarget.checked
                        ? [...without, rule.id]
                        : without.filter((one) => one !== rule.id),
                    )
                  }
                />
                <span>
                  {local(rule.what)} <code class="quiet">{rule.id}</code>
                </span>
              </label>
            </li>
          ))}
      </ul>
    </details>
  );
}

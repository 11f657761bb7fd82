// What the list of cases is narrowed to.
import type { LogForms } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { setQuery } from "../../../state/location.ts";
import { ANY, UNDONE, type Chosen } from "./filter.ts";

interface Props {
  readonly chosen: Chosen;
  readonly forms: LogForms;
  readonly units: readonly string[];
  readonly municipalities: readonly string[];
  /** Undefined where nothing is narrowed. */
  readonly onClear: (() => void) | undefined;
}

type Option = readonly [value: string, text: string];

export function Filters({ chosen, forms, units, municipalities, onClear }: Props) {
  const { say, local } = useTexts();
  const any: Option = ["", say("logs.review.any")];
  const plain = (values: readonly string[]): readonly Option[] => [
    any,
    ...values.map((one): Option => [one, one]),
  ];
  return (
    <form class="log-form cases-filters" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={say("logs.review.status")}
        value={chosen.status}
        options={[
          [UNDONE, say("logs.review.undone")],
          [ANY, say("logs.review.any")],
          ...forms.statuses.map((one): Option => [one.id, local(one.title)]),
        ]}
        onChoose={(status) => setQuery({ status: status === UNDONE ? null : status })}
      />
      <Choice
        label={say("logs.review.rule")}
        value={chosen.rule}
        options={[any, ...forms.review_rules.map((one): Option => [one.id, local(one.title)])]}
        onChoose={(why) => setQuery({ why: why || null })}
      />
      <Choice
        label={say("logs.review.unit")}
        value={chosen.unit}
        options={plain(units)}
        onChoose={(unit) => setQuery({ unit: unit || null })}
      />
      <Choice
        label={say("logs.review.municipality")}
        value={chosen.municipality}
        options={plain(municipalities)}
        onChoose={(town) => setQuery({ town: town || null })}
      />
      {(["since", "until"] as const).map((one) => (
        <label key={one}>
          <span>{say(`logs.review.${one}`)}</span>
          <input
            class="field"
            type="date"
            value={chosen[one]}
            onChange={(event) => setQuery({ [one]: event.currentTarget.value || null })}
          />
        </label>
      ))}
      {onClear && (
        <button type="button" class="button plain" onClick={onClear}>
          {say("logs.review.clear")}
        </button>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select class="field" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

// The model with what it looks for and its source, and the settings that it reads with unit, range and what is usual.
import type { ModelList, ModelSetting } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { COUNT } from "../../numbers/forms.ts";
import { ChoiceField, NumberField } from "../Analysis/fields.tsx";
import { settingsRead, type PartProps } from "./question.ts";

/** Curves are called by who published them. */
const CURVES: Readonly<Record<string, string>> = {
  de_maio: "De Maio et al. 2003",
  valenzuela: "Valenzuela et al. 1997",
};

export function Model({ list, asked, change }: PartProps & { list: ModelList }) {
  const { say, local } = useTexts();
  const model = list.models.find((one) => one.id === asked.model);
  const group = (counts: "stations" | "units") =>
    list.models
      .filter((one) => one.counts === counts)
      .map((one) => (
        <option key={one.id} value={one.id}>
          {local(one.name)}
        </option>
      ));
  return (
    <div class="ask-field">
      <label for="siting-model">{say("siting.field.model")}</label>
      <select
        id="siting-model"
        class="field"
        value={asked.model}
        aria-describedby="siting-model-help"
        onChange={({ currentTarget }) => change({ model: currentTarget.value })}
      >
        <optgroup label={say("siting.stations_models")}>{group("stations")}</optgroup>
        <optgroup label={say("siting.units_models")}>{group("units")}</optgroup>
      </select>
      <p id="siting-model-help" class="ask-model">
        {local(model?.question)}{" "}
        {model?.source && <span class="quiet">{say("siting.source", { source: model.source })}</span>}
      </p>
    </div>
  );
}

/** What the chosen model reads besides, with unit, range and what is usual. */
export function Settings({ list, asked, change }: PartProps & { list: ModelList }) {
  const { say, local, numbers } = useTexts();
  const model = list.models.find((one) => one.id === asked.model);
  const read = settingsRead(asked, list, model);
  const settings = list.settings.filter((one) => read.includes(one.id));
  if (settings.length === 0) return null;
  const put = (name: string, value: number | string | null) =>
    change({ settings: { ...asked.settings, [name]: value } });
  const ranged = ({ help, minimum, maximum, unit }: ModelSetting) =>
    [
      local(help),
      minimum !== null && maximum !== null
        ? `${say("siting.range", {
            low: numbers.plain(minimum, decimals(minimum)),
            high: numbers.plain(maximum, decimals(maximum)),
            unit,
          }).trim()}.`
        : "",
    ]
      .filter(Boolean)
      .join(" ");
  return (
    <div class="ask-settings">
      {settings.map((one) =>
        one.type === "choice" ? (
          <ChoiceField
            key={one.id}
            label={local(one.name)}
            help={local(one.help)}
            value={String(asked.settings[one.id] ?? one.default ?? "")}
            options={one.choices.map((choice) => [choice, CURVES[choice] ?? say(choiceKey(one.id, choice))])}
            onChange={(value) => put(one.id, value)}
          />
        ) : (
          <NumberField
            key={one.id}
            label={local(one.name)}
            help={ranged(one)}
            unit={one.unit}
            min={one.minimum ?? undefined}
            max={one.maximum ?? undefined}
            usual={typeof one.default === "number" ? numbers.plain(one.default, decimals(one.default)) : ""}
            value={typeof asked.settings[one.id] === "number" ? Number(asked.settings[one.id]) : null}
            onChange={(value) => put(one.id, value)}
          />
        ),
      )}
    </div>
  );
}

const decimals = (value: number) => ({ ...COUNT, digits: (String(value).split(".")[1] ?? "").length });
const choiceKey = (setting: string, choice: string) =>
  setting === "groups" && (choice === "organisation" || choice === "centre")
    ? `siting.choice.group_${choice}`
    : `siting.choice.${choice}`;

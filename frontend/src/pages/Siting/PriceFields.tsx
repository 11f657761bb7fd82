// What cover across borders counts, and what stations and units cost.
import { useTexts } from "../../components/texts.ts";
import { ChoiceField, NumberField, TextField } from "../Analysis/fields.tsx";
import type { Asked, PartProps } from "./question.ts";

const BORDER_EXAMPLE = "oslo>drammen=0.8";

export function Price({ asked, change, ofUnits }: PartProps & { ofUnits: boolean }) {
  const { say } = useTexts();
  const cost = (name: "unitCost" | "openingCost" | "movingCost", key: string) => (
    <NumberField
      label={say(`siting.field.${key}`)}
      min={0}
      value={asked[name]}
      onChange={(value) => change({ [name]: value })}
    />
  );
  return (
    <>
      <ChoiceField
        label={say("siting.field.borders")}
        value={asked.borders}
        options={(["open", "closed", "share"] as const).map((one) => [one, say(`siting.choice.${one}`)])}
        onChange={(borders) => change({ borders: borders as Asked["borders"] })}
      />
      {asked.borders === "share" && (
        <NumberField
          label={say("siting.field.border_share")}
          min={0}
          max={1}
          value={asked.borderShare}
          onChange={(borderShare) => change({ borderShare })}
        />
      )}
      <ChoiceField
        label={say("siting.field.border_of")}
        value={asked.borderOf}
        options={(["centre", "organisation"] as const).map((one) => [one, say(`siting.choice.${one}`)])}
        onChange={(borderOf) => change({ borderOf: borderOf as Asked["borderOf"] })}
      />
      <TextField
        label={say("siting.field.border")}
        help={say("siting.help.border", { example: BORDER_EXAMPLE })}
        value={asked.namedBorders}
        onChange={(namedBorders) => change({ namedBorders })}
      />
      <div class="ask-pair">
        <NumberField
          label={say("siting.field.budget")}
          help={say("siting.help.budget")}
          min={0}
          value={asked.budget}
          onChange={(budget) => change({ budget })}
        />
        <ChoiceField
          label={say("siting.field.budget_unit")}
          value={asked.budgetUnit}
          options={(["units", "fte", "nok"] as const).map((one) => [one, say(`siting.choice.budget_${one}`)])}
          onChange={(budgetUnit) => change({ budgetUnit: budgetUnit as Asked["budgetUnit"] })}
        />
      </div>
      {cost("unitCost", "unit_cost")}
      {cost("openingCost", "opening_cost")}
      {cost("movingCost", "moving_cost")}
      {ofUnits && (
        <NumberField
          label={say("siting.field.capacity")}
          min={0}
          max={10000}
          step={1}
          value={asked.capacity}
          onChange={(capacity) => change({ capacity })}
        />
      )}
    </>
  );
}

// Which answers: how many of the best, what near ones share, a trade-off, and how long to look.
import type { ModelList } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { ChoiceField, NumberField } from "../Analysis/fields.tsx";
import type { PartProps } from "./question.ts";

export function Answers({ list, asked, change, ofUnits }: PartProps & { list: ModelList; ofUnits: boolean }) {
  const { say, local } = useTexts();
  const criteria = list.criteria.map((one) => [one.id, local(one.name)] as const);
  return (
    <>
      {ofUnits && (
        <NumberField
          label={say("siting.field.k")}
          value={asked.k}
          min={1}
          max={30}
          step={1}
          onChange={(k) => change({ k })}
        />
      )}
      <div class="ask-pair">
        <ChoiceField
          label={say("siting.field.trade_off")}
          value={asked.first}
          options={criteria}
          onChange={(first) => change({ first })}
        />
        <ChoiceField
          label={say("siting.field.against")}
          value={asked.second}
          options={[["", say("analysis.nobody")], ...criteria.filter(([id]) => id !== asked.first)]}
          onChange={(second) => change({ second })}
        />
      </div>
      <NumberField
        label={say("siting.field.within")}
        help={say("siting.help.within")}
        unit="%"
        min={0}
        max={100}
        value={asked.withinPercent}
        onChange={(withinPercent) => change({ withinPercent })}
      />
      <NumberField
        label={say("siting.field.seconds")}
        help={say("siting.help.seconds")}
        unit="s"
        min={1}
        max={3600}
        value={asked.seconds}
        onChange={(seconds) => change({ seconds })}
      />
      <NumberField
        label={say("siting.field.gap")}
        help={say("siting.help.gap")}
        min={0}
        max={0.99}
        value={asked.gap}
        onChange={(gap) => change({ gap })}
      />
    </>
  );
}

// The question to a model of siting: the model with what it looks for first, all else folded away until it is needed.
import { useState } from "preact/hooks";
import type { ModelList, SiteQuestion } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { service } from "../../state/service.ts";
import { AskForm } from "../Analysis/AskForm.tsx";
import { Fold, NumberField } from "../Analysis/fields.tsx";
import { Answers } from "./AnswerFields.tsx";
import { Model, Settings } from "./ModelFields.tsx";
import { Price } from "./PriceFields.tsx";
import { beginning, questionOf, type Asked } from "./question.ts";
import { Where } from "./WhereFields.tsx";
import { Whom } from "./WhomFields.tsx";

interface Props {
  readonly list: ModelList;
  readonly busy: boolean;
  readonly onAsk: (question: SiteQuestion) => void;
}

export function SiteForm({ list, busy, onAsk }: Props) {
  const { say } = useTexts();
  const today = (service.value?.stations ?? []).filter((one) => one.units > 0).length;
  const [given, setGiven] = useState<Asked>();
  const asked = given ?? beginning(today);
  const change = (changes: Partial<Asked>) => setGiven({ ...asked, ...changes });
  const model = list.models.find((one) => one.id === asked.model);
  const ofUnits = model?.counts === "units";
  return (
    <AskForm
      title={say("siting.title")}
      busy={busy}
      onAsk={() => onAsk(questionOf(asked, list))}
      tools={
        given && (
          <button type="button" class="button plain" onClick={() => setGiven(undefined)}>
            {say("analysis.reset")}
          </button>
        )
      }
    >
      <Model list={list} asked={asked} change={change} />
      <div class="ask-pair">
        {model?.needs_number !== false && (
          <NumberField
            label={say("siting.field.stations")}
            value={asked.stations}
            min={1}
            max={1000}
            step={1}
            help={say("siting.today_has", { count: today })}
            onChange={(stations) => change({ stations })}
          />
        )}
        {ofUnits ? (
          <NumberField
            label={say("siting.field.units")}
            value={asked.units}
            min={0}
            max={5000}
            step={1}
            onChange={(units) => change({ units })}
          />
        ) : (
          <NumberField
            label={say("siting.field.k")}
            value={asked.k}
            min={1}
            max={30}
            step={1}
            onChange={(k) => change({ k })}
          />
        )}
      </div>
      <Settings list={list} asked={asked} change={change} />
      <Fold title={say("siting.group_where")}>
        <Where asked={asked} change={change} />
      </Fold>
      <Fold title={say("siting.group_whom")}>
        <Whom asked={asked} change={change} ofUnits={ofUnits} />
      </Fold>
      <Fold title={say("siting.group_price")}>
        <Price asked={asked} change={change} ofUnits={ofUnits} />
      </Fold>
      <Fold title={say("siting.group_answers")}>
        <Answers list={list} asked={asked} change={change} ofUnits={ofUnits} />
      </Fold>
    </AskForm>
  );
}

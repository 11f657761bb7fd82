// The question of rosters: where the need comes from, for which stations, and by which rules.
import { useState } from "preact/hooks";
import {
  analysesClient,
  type Dimensioning,
  type RosterQuestion,
  type RosterRules,
} from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { useAsked } from "../../components/useAsked.ts";
import { TODAY } from "../../state/drafts.ts";
import { jobs } from "../../state/jobs.ts";
import { moment } from "../../state/moments.ts";
import { studyId } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import { service } from "../../state/service.ts";
import { AlternativeField } from "../Analysis/AlternativeField.tsx";
import { AskForm } from "../Analysis/AskForm.tsx";
import { ChoiceField, Fold, NumberField, TicksField } from "../Analysis/fields.tsx";
import { useFamilyText } from "./RulesTable.tsx";

interface Props {
  readonly busy: boolean;
  readonly onAsk: (question: RosterQuestion) => void;
}

export function RosterForm({ busy, onAsk }: Props) {
  const { say, local, numbers } = useTexts();
  const rules = useRules();
  const familyText = useFamilyText();
  const [alternative, setAlternative] = useState(TODAY);
  const [stations, setStations] = useState<readonly string[]>([]);
  const [years, setYears] = useState<number | null>(2);
  const [dimensioning, setDimensioning] = useState("");
  const [scenario, setScenario] = useState("");
  const [families, setFamilies] = useState<readonly string[]>();
  const [given, setGiven] = useState<Readonly<Record<string, number | null>>>({});
  const done = (shown(jobs.value) ?? []).filter(
    (job) => job.kind === "dimension" && job.state === "done" && job.study === studyId.value,
  );
  const need = useDimensioning(dimensioning);
  const scenarios = (need?.scenarios ?? []).map(
    (one) => [[one.alternative, one.borders, one.without].join("/"), local(one.name)] as const,
  );
  const [of = "", borders = "own", without = ""] = (scenario || (scenarios[0]?.[0] ?? "")).split("/");
  const question = (): RosterQuestion => ({
    alternative: dimensioning ? of : alternative,
    stations: [...stations],
    replications: years ?? 2,
    need_of: dimensioning
      ? { dimensioning, alternative: of, borders: borders === "none" ? "none" : "own", without }
      : null,
    blocking: typeof given["blocking"] === "number" ? given["blocking"] / 100 : null,
    least_units: given["least_units"] ?? null,
    most_units: given["most_units"] ?? null,
    handover_min: given["handover_min"] ?? null,
    families: families ? [...families] : null,
  });
  const rule = (name: string, usual: number | undefined, unit = "", most = 100) => (
    <NumberField
      label={say(`rosters.${name}`)}
      unit={unit}
      min={0}
      max={most}
      step={1}
      usual={usual === undefined ? "" : numbers.whole(usual)}
      value={given[name] ?? null}
      onChange={(value) => setGiven({ ...given, [name]: value })}
    />
  );
  return (
    <AskForm title={say("rosters.title")} busy={busy} onAsk={() => onAsk(question())}>
      <ChoiceField
        label={say("rosters.need_from")}
        help={done.length === 0 ? say("rosters.no_dimensioning") : undefined}
        value={dimensioning}
        options={[
          ["", say("rosters.need_study")],
          ...done.map(
            (job) =>
              [
                job.id,
                say("rosters.from_dimensioning", {
                  when: moment(job.asked_s),
                }),
              ] as const,
          ),
        ]}
        onChange={(id) => {
          setDimensioning(id);
          setScenario("");
        }}
      />
      {dimensioning ? (
        <ChoiceField
          label={say("rosters.scenario")}
          value={scenario || (scenarios[0]?.[0] ?? "")}
          options={scenarios}
          onChange={setScenario}
        />
      ) : (
        <AlternativeField value={alternative} onChange={setAlternative} />
      )}
      <Fold title={say("rosters.stations")}>
        <TicksField
          label={say("rosters.stations")}
          help={say("rosters.all")}
          options={(service.value?.stations ?? [])
            .filter((one) => one.units > 0)
            .map((one) => [one.id, one.name])}
          chosen={stations}
          onChange={setStations}
        />
      </Fold>
      <Fold title={say("rosters.rules")}>
        <p class="quiet">{say("rosters.rules_lead")}</p>
        {rule("blocking", rules && Math.round(rules.blocking * 100), "%", 99)}
        {rule("least_units", rules?.least_units)}
        {rule("most_units", rules?.most_units)}
        {rule("handover_min", rules?.handover_min, "min", 120)}
        {rules && (
          <TicksField
            label={say("rosters.families")}
            options={rules.families.map((one) => [one.id, familyText(one)])}
            chosen={families ?? rules.families.map((one) => one.id)}
            onChange={setFamilies}
          />
        )}
      </Fold>
      {!dimensioning && (
        <NumberField
          label={say("rosters.replications")}
          help={say("rosters.replications_help")}
          min={1}
          max={50}
          step={1}
          value={years}
          onChange={setYears}
        />
      )}
    </AskForm>
  );
}

function useRules(): RosterRules | undefined {
  return shown(useAsked(analysesClient.rosterRules, "").found); // without them the fields stay empty: the server's hold
}

function useDimensioning(id: string): Dimensioning | undefined {
  const { found } = useAsked(
    async () => (id ? { id, told: await analysesClient.dimensioning(id) } : undefined),
    id,
  );
  const here = shown(found);
  return here?.id === id ? here.told : undefined;
}

// The question to a model of siting: the model with what it looks for first, all else folded away until it is needed.
import { useState } from "preact/hooks";
import type { ModelList, ModelSetting, SiteQuestion } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { COUNT } from "../../numbers/forms.ts";
import { alternatives, TODAY } from "../../state/drafts.ts";
import { service } from "../../state/service.ts";
import { AskButton, ChoiceField, Fold, NumberField, TextField, TicksField } from "../Analysis/fields.tsx";
import { beginning, questionOf, settingsRead, type Asked, type Lock, type Urgency } from "./question.ts";

interface Props {
  readonly list: ModelList;
  readonly busy: boolean;
  readonly onAsk: (question: SiteQuestion) => void;
}

type Change = (changes: Partial<Asked>) => void;
interface PartProps {
  readonly asked: Asked;
  readonly change: Change;
}

const PARTS_EXAMPLE = "day=mon-fri 08-20,rest=mon-fri 20-08,rest=sat 08-08,rest=sun 08-08";
const BORDER_EXAMPLE = "oslo>drammen=0.8";
/** Curves are called by who published them. */
const CURVES: Readonly<Record<string, string>> = {
  de_maio: "De Maio et al. 2003",
  valenzuela: "Valenzuela et al. 1997",
};
const URGENCIES: readonly Urgency[] = ["A", "H", "V"];

export function SiteForm({ list, busy, onAsk }: Props) {
  const { say } = useTexts();
  const today = (service.value?.stations ?? []).filter((one) => one.units > 0).length;
  const [given, setGiven] = useState<Asked>();
  const asked = given ?? beginning(today);
  const change: Change = (changes) => setGiven({ ...asked, ...changes });
  const model = list.models.find((one) => one.id === asked.model);
  const ofUnits = model?.counts === "units";
  return (
    <form
      class="ask"
      aria-label={say("siting.title")}
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(questionOf(asked, list));
      }}
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
      <p class="ask-tools">
        <AskButton busy={busy} />
        {given && (
          <button type="button" class="button plain" onClick={() => setGiven(undefined)}>
            {say("analysis.reset")}
          </button>
        )}
      </p>
    </form>
  );
}

function Model({ list, asked, change }: PartProps & { list: ModelList }) {
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
function Settings({ list, asked, change }: PartProps & { list: ModelList }) {
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

function Where({ asked, change }: PartProps) {
  const { say, local } = useTexts();
  const stations = service.value?.stations ?? [];
  const points = service.value?.standby_points ?? [];
  const sites = [
    ...stations.map((one) => ({ id: one.id, name: one.name, today: one.units > 0 })),
    ...points.map((one) => ({ id: `standby:${one.id}`, name: one.name, today: false })),
  ];
  const lock = (id: string, how: Lock) => change({ locks: { ...asked.locks, [id]: how } });
  const today = sites.filter((one) => one.today);
  const allKept = today.length > 0 && today.every((one) => asked.locks[one.id] === "open");
  return (
    <>
      <ChoiceField
        label={say("analysis.asked_of")}
        value={asked.alternative}
        options={alternatives.value
          .filter((one) => one.saved || one.id === TODAY)
          .map((one) => [one.id, local(one.title) || one.id])}
        onChange={(alternative) => change({ alternative })}
      />
      <label class="ask-tick">
        <input
          type="checkbox"
          checked={allKept}
          onChange={({ currentTarget }) =>
            change({
              locks: {
                ...asked.locks,
                ...Object.fromEntries(today.map((one) => [one.id, currentTarget.checked ? "open" : "free"])),
              },
            })
          }
        />
        {say("siting.lock_all")}
      </label>
      <details class="ask-locks">
        <summary>{say("siting.field.lock")}</summary>
        <div class="ask-locks-list">
          {sites.map((one) => (
            <label key={one.id}>
              <span>{one.name}</span>
              <select
                class="field"
                value={asked.locks[one.id] ?? "free"}
                onChange={({ currentTarget }) => lock(one.id, currentTarget.value as Lock)}
              >
                {(["free", "open", "closed"] as const).map((how) => (
                  <option key={how} value={how}>
                    {say(`siting.lock_${how}`)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </details>
      <NumberField
        label={say("siting.field.lattice_km")}
        help={say("siting.help.lattice_km")}
        unit="km"
        min={0.5}
        max={100}
        value={asked.latticeKm}
        onChange={(latticeKm) => change({ latticeKm })}
      />
      <TextField
        label={say("siting.field.candidates")}
        help={say("siting.candidates_help")}
        rows={4}
        placeholder={"id,lat,lon,name\nlysaker,59.9135,10.6360,Lysaker"}
        value={asked.candidates}
        onChange={(candidates) => change({ candidates })}
      />
      <label class="ask-file">
        <span>{say("siting.candidates_file")}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={({ currentTarget }) => {
            void currentTarget.files?.[0]?.text().then((candidates) => change({ candidates }));
          }}
        />
      </label>
      <label class="ask-tick">
        <input
          type="checkbox"
          checked={asked.onlyCandidates}
          onChange={({ currentTarget }) => change({ onlyCandidates: currentTarget.checked })}
        />
        {say("siting.field.only_candidates")}
      </label>
    </>
  );
}

function Whom({ asked, change, ofUnits }: PartProps & { ofUnits: boolean }) {
  const { say } = useTexts();
  return (
    <>
      <TicksField
        label={say("siting.field.urgency")}
        options={URGENCIES.map((one) => [one, say(`siting.urgency_${one.toLowerCase()}`)])}
        chosen={asked.urgencies}
        onChange={(urgencies) => change({ urgencies: urgencies.length > 0 ? urgencies : asked.urgencies })}
      />
      <p class="ask-legend">{say("siting.field.minutes")}</p>
      <div class="ask-pair">
        {URGENCIES.filter((one) => asked.urgencies.includes(one)).map((one) => (
          <NumberField
            key={one}
            label={say(`siting.urgency_${one.toLowerCase()}`)}
            unit="min"
            min={0.1}
            max={240}
            value={asked.minutes[one] ?? null}
            usual={say("analysis.default")}
            onChange={(minutes) => change({ minutes: withMinutes(asked, one, minutes) })}
          />
        ))}
      </div>
      <p class="quiet">{say("siting.help.minutes")}</p>
      {ofUnits && (
        <>
          <ChoiceField
            label={say("siting.field.periods")}
            help={say("siting.help.periods")}
            value={asked.parts}
            options={[
              ["all", say("siting.hour_parts")],
              ["day-evening-night", say("siting.part_day")],
              ["hours", say("siting.part_hours")],
              ["own", say("siting.part_own")],
            ]}
            onChange={(parts) => change({ parts: parts as Asked["parts"] })}
          />
          {asked.parts === "own" && (
            <TextField
              label={say("siting.field.periods_own")}
              help={say("siting.help.periods_own", { example: PARTS_EXAMPLE })}
              value={asked.ownParts}
              onChange={(ownParts) => change({ ownParts })}
            />
          )}
        </>
      )}
    </>
  );
}

function withMinutes(asked: Asked, urgency: Urgency, minutes: number | null): Asked["minutes"] {
  const others = Object.entries(asked.minutes).filter(([one]) => one !== urgency);
  return Object.fromEntries(minutes === null ? others : [...others, [urgency, minutes]]);
}

function Price({ asked, change, ofUnits }: PartProps & { ofUnits: boolean }) {
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

function Answers({ list, asked, change, ofUnits }: PartProps & { list: ModelList; ofUnits: boolean }) {
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

// The question: where, when, how many are hurt, which alternatives answer, and what is assumed.
import { useEffect, useState } from "preact/hooks";
import type { HospitalTakes, MajorOptions, MajorQuestion } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { study } from "../../state/study.ts";
import { useAskable } from "../Analysis/AlternativeField.tsx";
import { AskForm } from "../Analysis/AskForm.tsx";
import { ChoiceField, Fold, NumberField, TicksField } from "../Analysis/fields.tsx";
import { NeededField } from "./NeededField.tsx";
import { PlacesField } from "./PlacesField.tsx";
import { beginning, COMMAND, neededOf, questionOf, SEVERITIES, type Draft } from "./question.ts";
import { Severities } from "./Severities.tsx";

interface Props {
  readonly options: MajorOptions | undefined;
  readonly busy: boolean;
  readonly onAsk: (question: MajorQuestion) => void;
}

export function MajorForm({ options, busy, onAsk }: Props) {
  const { say } = useTexts();
  const askable = useAskable();
  const [draft, setDraft] = useState<Draft>(beginning);
  const set = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const events = options?.events ?? [];
  useEffect(() => {
    const first = events[0];
    if (first) set({ event: first.id });
  }, [options]);
  const patients = ({ red, yellow, green }: (typeof events)[number]) => [red, yellow, green].join(" + ");
  return (
    <AskForm title={say("major.title")} busy={busy} onAsk={() => onAsk(questionOf(draft))}>
      {events.length > 0 && (
        <ChoiceField
          label={say("major.event")}
          value={draft.event}
          options={[
            ...events.map(
              (one) => [one.id, `${one.id}: ${one.places.join(", ")} (${patients(one)})`] as const,
            ),
            ["", say("major.own_places")],
          ]}
          onChange={(event) => set({ event, needed: null })}
        />
      )}
      {draft.event === "" && (
        <>
          <PlacesField places={draft.places} onChange={(places) => set({ places })} />
          <When draft={draft} set={set} />
        </>
      )}
      <TicksField
        label={say("major.alternatives")}
        help={say("major.alternatives_help")}
        options={askable.filter(([id]) => id !== "today")}
        chosen={draft.alternatives}
        onChange={(alternatives) => set({ alternatives })}
      />
      <NeededField
        needed={draft.needed ?? events.find(({ id }) => id === draft.event)?.needed ?? [neededOf(COMMAND)]}
        kinds={options?.kinds ?? []}
        onChange={(needed) => set({ needed })}
      />
      <Assumed draft={draft} set={set} capacity={options?.capacity ?? []} />
    </AskForm>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly set: (changes: Partial<Draft>) => void;
}

function When({ draft, set }: PartProps) {
  const { say } = useTexts();
  const days = say("panel.week.days").split(" ");
  return (
    <div class="ask-pair">
      <ChoiceField
        label={say("major.weekday")}
        value={draft.weekday === null ? "" : String(draft.weekday)}
        options={[["", say("major.any_day")], ...days.map((day, index) => [String(index + 1), day] as const)]}
        onChange={(day) => set({ weekday: day === "" ? null : Number(day) })}
      />
      <div class="ask-field">
        <label for="major-clock">{say("major.clock")}</label>
        <input
          id="major-clock"
          class="field"
          type="text"
          inputMode="numeric"
          pattern="([01]?[0-9]|2[0-3])[:.][0-5][0-9]"
          placeholder={say("major.any_hour")}
          value={draft.clock}
          onInput={({ currentTarget }) => set({ clock: currentTarget.value })}
        />
      </div>
    </div>
  );
}

function Assumed({ draft, set, capacity }: PartProps & { capacity: readonly HospitalTakes[] }) {
  const { say } = useTexts();
  return (
    <Fold title={say("major.assumed")}>
      <div class="ask-pair">
        <NumberField
          label={say("major.samples")}
          help={say("major.samples_help")}
          min={1}
          max={200}
          step={1}
          value={draft.samples}
          onChange={(samples) => set({ samples })}
        />
        <NumberField
          label={say("major.hours")}
          unit="h"
          min={0.5}
          max={24}
          value={draft.hours}
          onChange={(hours) => set({ hours })}
        />
      </div>
      <p class="ask-legend">{say("major.per_unit")}</p>
      <Severities
        value={(one) => draft.perUnit[one]}
        min={1}
        max={20}
        onChange={(one, value) => set({ perUnit: { ...draft.perUnit, [one]: value } })}
      />
      <div class="ask-pair">
        <NumberField
          label={say("major.call_in")}
          unit="%"
          min={0}
          max={100}
          value={draft.callInPercent}
          onChange={(callInPercent) => set({ callInPercent })}
        />
        <NumberField
          label={say("major.call_in_min")}
          unit="min"
          min={0}
          max={1440}
          value={draft.callInMin}
          onChange={(callInMin) => set({ callInMin })}
        />
      </div>
      <NumberField
        label={say("major.seamless")}
        help={say("major.seamless_help")}
        unit="h"
        min={0}
        max={48}
        value={draft.seamlessH}
        onChange={(seamlessH) => set({ seamlessH })}
      />
      <Capacity draft={draft} set={set} capacity={capacity} />
    </Fold>
  );
}

/** What each hospital takes in all; what is not changed is the study's, or assumed. */
function Capacity({ draft, set, capacity }: PartProps & { capacity: readonly HospitalTakes[] }) {
  const { say } = useTexts();
  const hospitals = study.value?.hospitals ?? [];
  if (capacity.length === 0) return null;
  return (
    <div class="analysis-scroll" tabIndex={0} role="region" aria-label={say("major.capacity")}>
      <table class="analysis-table major-capacity">
        <caption class="ask-legend">{say("major.capacity")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("major.hospital")}</th>
            {SEVERITIES.map((one) => (
              <th key={one} scope="col" class="is-number">
                {say(`major.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {capacity.map((usual) => {
            const now = draft.capacity[usual.hospital] ?? usual;
            const name = hospitals.find((one) => one.id === usual.hospital)?.name ?? usual.hospital;
            return (
              <tr key={usual.hospital}>
                <th scope="row">{name}</th>
                {SEVERITIES.map((one) => (
                  <td key={one}>
                    <input
                      class="field"
                      type="number"
                      min={0}
                      max={1000}
                      aria-label={`${name}, ${say(`major.${one}`)}`}
                      value={now[one]}
                      onInput={({ currentTarget }) => {
                        const value = Math.max(0, Math.trunc(currentTarget.valueAsNumber || 0));
                        set({ capacity: { ...draft.capacity, [usual.hospital]: { ...now, [one]: value } } });
                      }}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

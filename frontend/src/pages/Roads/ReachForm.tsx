// Where reach is asked from, for which drive, at which hours, and on whose roads: each choice stands in the address.
import { useEffect, useId, useState } from "preact/hooks";
import type { Roads } from "../../api/roads.ts";
import { useTexts } from "../../components/texts.ts";
import { service } from "../../state/service.ts";
import { study } from "../../state/study.ts";
import { parsePlace, writePlace } from "./speeds.ts";

export interface Chosen {
  readonly from: { readonly lat: number; readonly lon: number } | null;
  readonly purpose: string;
  readonly period: string;
  readonly alternative: string;
}

interface Props extends Chosen {
  readonly roads: Roads;
  readonly onChange: (changes: Readonly<Record<string, string | null>>) => void;
}

export function ReachForm({ roads, from, purpose, period, alternative, onChange }: Props) {
  const { say, local } = useTexts();
  const changing = new Set(roads.projects.map((one) => one.alternative));
  const alternatives = (study.value?.alternatives ?? []).filter(
    ({ id }) => id === "today" || changing.has(id),
  );
  return (
    <div class="road-form">
      <Select
        label={say("roads.purpose")}
        value={purpose}
        options={roads.purposes.map((id) => ({ id, name: say(`roads.drive.${id}`) }))}
        onChange={(next) => onChange({ drive: next })}
      />
      {roads.periods.length > 1 && (
        <Select
          label={say("roads.hour")}
          value={period}
          options={roads.periods.map(({ id, name }) => ({ id, name: local(name) }))}
          onChange={(next) => onChange({ hours: next })}
        />
      )}
      {alternatives.length > 1 && (
        <Select
          label={say("roads.alternative")}
          value={alternative}
          options={alternatives.map(({ id, title }) => ({ id, name: local(title) }))}
          onChange={(next) => onChange({ of: next })}
        />
      )}
      <Where from={from} onPlace={(place) => onChange({ from: place })} />
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div class="road-field">
      <label for={id}>{label}</label>
      <select
        class="field"
        id={id}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A station, or a place that is typed: the same as a click, for those who do not point. */
function Where({ from, onPlace }: { from: Chosen["from"]; onPlace: (place: string) => void }) {
  const { say } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const here = from ? writePlace(from) : "";
  useEffect(() => {
    setTyped(here.replace(",", ", "));
    setIsWrong(false);
  }, [here]);
  const stations = (service.value?.stations ?? []).filter((one) => one.change !== "gone");
  const known = stations.find((one) => writePlace(one) === here);
  const submit = (event: Event) => {
    event.preventDefault();
    const place = parsePlace(typed);
    setIsWrong(!place);
    if (place) onPlace(writePlace(place));
  };
  return (
    <>
      <Select
        label={say("roads.station")}
        value={known?.id ?? ""}
        options={[{ id: "", name: say("roads.any_place") }, ...stations]}
        onChange={(next) => {
          const station = stations.find((one) => one.id === next);
          if (station) onPlace(writePlace(station));
        }}
      />
      <form class="road-field" onSubmit={submit} noValidate>
        <label for={id}>{say("roads.place")}</label>
        <span class="road-place">
          <input
            class="field"
            id={id}
            type="text"
            value={typed}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? `${id}-wrong` : undefined}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <button type="submit" class="button">
            {say("roads.show_reach")}
          </button>
        </span>
        {isWrong && (
          <span id={`${id}-wrong`} class="road-wrong" role="alert">
            {say("roads.not_place", { example: "59.91, 10.75" })}
          </span>
        )}
      </form>
    </>
  );
}

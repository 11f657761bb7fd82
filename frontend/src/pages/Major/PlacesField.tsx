// Where it happens, and how many are hurt: picked on the map, chosen by name, or typed; several places at once.
import { useId, useState } from "preact/hooks";
import type { PlaceAsked } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { PlacePicker } from "../../map/PlacePicker/PlacePicker.tsx";
import { PlaceChoice } from "../../map/StationCard/StationCard.tsx";
import { service } from "../../state/service.ts";
import { study } from "../../state/study.ts";
import { NumberField } from "../Analysis/fields.tsx";
import { writePlace } from "../Roads/speeds.ts";
import { somewhere, spotOf } from "./question.ts";
import { Severities } from "./Severities.tsx";

const MOST = 8;

interface Props {
  readonly places: readonly PlaceAsked[];
  readonly onChange: (places: readonly PlaceAsked[]) => void;
}

export function PlacesField({ places, onChange }: Props) {
  const { say } = useTexts();
  const names = useId();
  const [active, setActive] = useState(0);
  const known = useKnown();
  const row = Math.min(active, places.length - 1);
  const put = (index: number, changes: Partial<PlaceAsked>) =>
    onChange(places.map((one, other) => (other === index ? { ...one, ...changes } : one)));
  const pick = (spot: { lat: number; lon: number }) => put(row, { place: writePlace(spot) });
  return (
    <>
      <PlacePicker
        label={say("major.map_pick")}
        marks={places.map((one) => spotOf(one.place, known))}
        onPick={pick}
      />
      <p class="quiet">{say("major.map_help", { number: row + 1 })}</p>
      <PlaceChoice onChoose={pick} />
      <datalist id={names}>
        {known.map((one) => (
          <option key={`${one.kind} ${one.id}`} value={one.name} />
        ))}
      </datalist>
      {places.map((place, index) => (
        <One
          key={index}
          {...{ place, index, names }}
          isOne={places.length === 1}
          onFocus={() => setActive(index)}
          onChange={(changes) => put(index, changes)}
          onRemove={() => {
            onChange(places.filter((_, other) => other !== index));
            setActive(0);
          }}
        />
      ))}
      {places.length < MOST && (
        <button
          type="button"
          class="button"
          onClick={() => {
            onChange([...places, somewhere("")]);
            setActive(places.length);
          }}
        >
          {say("major.another_place")}
        </button>
      )}
    </>
  );
}

/** Stations, hospitals and places on the road, which are known by name. */
function useKnown() {
  const stations = (service.value?.stations ?? []).map((one) => ({ ...one, kind: "station" }));
  const hospitals = (study.value?.hospitals ?? []).map((one) => ({ ...one, kind: "hospital" }));
  return [...stations, ...hospitals];
}

interface OneProps {
  readonly place: PlaceAsked;
  readonly index: number;
  readonly names: string;
  readonly isOne: boolean;
  readonly onFocus: () => void;
  readonly onChange: (changes: Partial<PlaceAsked>) => void;
  readonly onRemove: () => void;
}

function One({ place, index, names, isOne, onFocus, onChange, onRemove }: OneProps) {
  const { say } = useTexts();
  const id = useId();
  return (
    <fieldset class="major-place" onFocusIn={onFocus}>
      <legend>{isOne ? say("major.where") : say("major.place_number", { number: index + 1 })}</legend>
      <div class="ask-field">
        <label for={id}>{say("major.place")}</label>
        <input
          id={id}
          class="field"
          type="text"
          required
          list={names}
          placeholder="59.91, 10.52"
          value={place.place}
          onInput={({ currentTarget }) => onChange({ place: currentTarget.value })}
        />
      </div>
      <Severities
        value={(one) => place[one]}
        min={0}
        max={1000}
        onChange={(one, value) => onChange({ [one]: value ?? 0 })}
      />
      {!isOne && (
        <>
          <NumberField
            label={say("major.after")}
            unit="min"
            min={0}
            max={1440}
            value={place.after_min}
            onChange={(value) => onChange({ after_min: value ?? 0 })}
          />
          <button type="button" class="button" onClick={onRemove}>
            {say("major.remove_place", { number: index + 1 })}
          </button>
        </>
      )}
    </fieldset>
  );
}

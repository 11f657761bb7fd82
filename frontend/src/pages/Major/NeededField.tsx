// Units that each place needs beside those for patients: of which kind, how many, how long, and whether patients wait.
import type { LocalNamed, NeededAsked } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { ChoiceField, NumberField } from "../Analysis/fields.tsx";
import { COMMAND, neededOf } from "./question.ts";

interface Props {
  readonly needed: readonly NeededAsked[];
  readonly kinds: readonly LocalNamed[];
  readonly onChange: (needed: readonly NeededAsked[]) => void;
}

export function NeededField({ needed, kinds, onChange }: Props) {
  const { say, local } = useTexts();
  const nameOf = (id: string) => {
    const kind = kinds.find((one) => one.id === id);
    return kind ? local(kind.name) : id === COMMAND ? say("major.needed_any") : id;
  };
  const taken = new Set(needed.map(({ id }) => id));
  const free = [COMMAND, ...kinds.map(({ id }) => id)].filter((id) => !taken.has(id));
  const change = (at: number, changes: Partial<NeededAsked>) =>
    onChange(needed.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  return (
    <fieldset class="major-needed">
      <legend class="ask-legend">{say("major.needed")}</legend>
      <p class="quiet">{say("major.needed_help")}</p>
      {needed.map((one, index) => (
        <fieldset key={one.id} class="major-place">
          <legend>{nameOf(one.id)}</legend>
          <ChoiceField
            label={say("major.needed_kind")}
            value={one.id}
            options={[one.id, ...free].map((id) => [id, nameOf(id)] as const)}
            onChange={(id) => change(index, { id, wanted: neededOf(id).wanted })}
          />
          <div class="ask-pair">
            <NumberField
              label={say("major.needed_units")}
              min={0}
              max={20}
              step={1}
              value={one.units}
              onChange={(units) => change(index, { units: units ?? 1 })}
            />
            <NumberField
              label={say("major.needed_min")}
              unit="min"
              min={0}
              max={1440}
              value={one.stay_min}
              onChange={(minutes) => change(index, { stay_min: minutes ?? 120 })}
            />
          </div>
          <label class="major-needed-waited">
            <input
              type="checkbox"
              checked={one.waited}
              onChange={({ currentTarget }) => change(index, { waited: currentTarget.checked })}
            />{" "}
            {say("major.needed_waited")}
          </label>
          <button
            type="button"
            class="button"
            onClick={() => onChange(needed.filter((_, other) => other !== index))}
          >
            {say("major.needed_remove", { kind: nameOf(one.id) })}
          </button>
        </fieldset>
      ))}
      {free[0] !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => onChange([...needed, neededOf(free[0] as string)])}
        >
          {say("major.needed_more")}
        </button>
      )}
    </fieldset>
  );
}

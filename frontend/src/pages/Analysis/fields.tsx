// The fields that questions are made of: each with its name, its unit, and what an empty one means.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Named {
  readonly label: string;
  readonly help?: string | undefined;
}

function Field({ label, help, id, children }: Named & { id: string; children: ComponentChildren }) {
  return (
    <div class="ask-field">
      <label for={id}>{label}</label>
      {children}
      {help && (
        <p id={`${id}-help`} class="quiet">
          {help}
        </p>
      )}
    </div>
  );
}

interface NumberProps extends Named {
  readonly value: number | null | undefined;
  readonly onChange: (value: number | null) => void;
  readonly unit?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | "any" | undefined;
  /** What stands there while nothing is given. */
  readonly usual?: string | undefined;
}

export function NumberField({
  label,
  help,
  value,
  onChange,
  unit,
  min,
  max,
  step = "any",
  usual,
}: NumberProps) {
  const id = useId();
  return (
    <Field label={label} help={help} id={id}>
      <span class="ask-number">
        <input
          id={id}
          class="field"
          type="number"
          value={value ?? ""}
          min={min}
          max={max}
          step={step}
          placeholder={usual}
          aria-describedby={help ? `${id}-help` : undefined}
          onInput={({ currentTarget }) =>
            onChange(Number.isNaN(currentTarget.valueAsNumber) ? null : currentTarget.valueAsNumber)
          }
        />
        {unit && <span class="quiet">{unit}</span>}
      </span>
    </Field>
  );
}

interface ChoiceProps extends Named {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly (readonly [string, string])[];
}

export function ChoiceField({ label, help, value, onChange, options }: ChoiceProps) {
  const id = useId();
  return (
    <Field label={label} help={help} id={id}>
      <select
        id={id}
        class="field"
        value={value}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface TextProps extends Named {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly placeholder?: string;
}

export function TextField({ label, help, value, onChange, rows, placeholder }: TextProps) {
  const id = useId();
  const shared = {
    id,
    class: "field",
    value,
    placeholder,
    "aria-describedby": help ? `${id}-help` : undefined,
  };
  return (
    <Field label={label} help={help} id={id}>
      {rows ? (
        <textarea {...shared} rows={rows} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      ) : (
        <input {...shared} type="text" onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      )}
    </Field>
  );
}

interface TicksProps extends Named {
  readonly options: readonly (readonly [string, string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function TicksField({ label, help, options, chosen, onChange }: TicksProps) {
  return (
    <fieldset class="ask-ticks">
      <legend>{label}</legend>
      {options.map(([key, name]) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={({ currentTarget }) =>
              onChange(
                options
                  .map(([one]) => one)
                  .filter((one) => (one === key ? currentTarget.checked : chosen.includes(one))),
              )
            }
          />
          {name}
        </label>
      ))}
      {help && <p class="quiet">{help}</p>}
    </fieldset>
  );
}

/** Settings that most leave as they are. */
export function Fold({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="ask-fold">
      <summary>{title}</summary>
      <div>{children}</div>
    </details>
  );
}

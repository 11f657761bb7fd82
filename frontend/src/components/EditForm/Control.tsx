// The right control for a field of the dictionary: a choice, a time, days, an amount, one or several rows of a table.
import type { EditField, Named } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { hoursOn } from "../WeekStrip/hours.ts";
import { WeekStrip } from "../WeekStrip/WeekStrip.tsx";
import { shiftsOf, weekOfTexts } from "../WeekStrip/shifts.ts";
import { takesSeveral } from "./draft.ts";
import { withValue } from "./options.ts";
import { parseWeekdays, writeWeekdays } from "./weekdays.ts";

export interface ControlProps {
  readonly field: EditField;
  readonly id: string;
  readonly value: string | readonly string[];
  readonly options: readonly Named[] | null;
  readonly describedBy: string;
  readonly isWrong: boolean;
  readonly onChange: (value: string | readonly string[]) => void;
}

/** From so many rows on, a list of boxes is no help, and ids are typed. */
const MANY = 60;

export function Control(props: ControlProps) {
  const { field, options } = props;
  if (field.type === "weekdays") return <Weekdays {...props} />;
  if (field.type === "shifts") return <Shifts {...props} />;
  if (takesSeveral(field))
    return options && options.length <= MANY ? <Boxes {...props} /> : <SeveralTexts {...props} />;
  if (field.choices.length > 0) return <Choices {...props} />;
  if (options) return <Rows {...props} options={options} />;
  return <TextControl {...props} />;
}

const single = (value: string | readonly string[]): string =>
  typeof value === "string" ? value : value.join(", ");

function TextControl({ field, id, value, describedBy, isWrong, onChange }: ControlProps) {
  const { say } = useTexts();
  const isNumber = field.type === "int" || field.type === "float";
  const unit = isNumber && field.unit !== "" ? unitText(say, field.unit) : "";
  return (
    <span class="control-text">
      <input
        class="field"
        id={id}
        type="text"
        inputMode={isNumber ? "decimal" : field.type === "clock" ? "numeric" : "text"}
        size={isNumber || field.type === "clock" ? 8 : 20}
        placeholder={placeholderOf(field)}
        value={single(value)}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {unit && <span class="quiet">{unit}</span>}
    </span>
  );
}

/** What holds when nothing is given, as text. */
function defaultText({ default: value }: EditField): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function placeholderOf(field: EditField): string {
  if (defaultText(field) !== "") return defaultText(field);
  return field.type === "clock" ? "00:00" : "";
}

function unitText(say: (key: string) => string, unit: string): string {
  const key = `forms.unit.${unit}`;
  const text = say(key);
  return text === key ? unit : text;
}

function Choices({ field, id, value, describedBy, onChange }: ControlProps) {
  const { say, local } = useTexts();
  const none = field.choices.find((choice) => choice.value === field.default);
  return (
    <select
      class="field"
      id={id}
      value={single(value)}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">
        {field.required ? say("forms.choose") : local(none?.name) || say("forms.unchanged")}
      </option>
      {field.choices
        .filter((choice) => choice !== none || single(value) === choice.value)
        .map((choice) => (
          <option key={choice.value} value={choice.value}>
            {local(choice.name)}
          </option>
        ))}
    </select>
  );
}

function Rows({
  field,
  id,
  value,
  options,
  describedBy,
  isWrong,
  onChange,
}: ControlProps & { options: readonly Named[] }) {
  const { say } = useTexts();
  return (
    <select
      class="field"
      id={id}
      value={single(value)}
      aria-describedby={describedBy}
      aria-invalid={isWrong}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{say(field.required ? "forms.choose" : "forms.unchanged")}</option>
      {field.any && <option value="*">{say("forms.all")}</option>}
      {withValue(options, single(value)).map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  );
}

function Boxes({ id, value, options, describedBy, onChange }: ControlProps) {
  const chosen = typeof value === "string" ? [value] : value;
  return (
    <div
      class="control-boxes"
      role="group"
      id={id}
      aria-describedby={describedBy}
      aria-labelledby={`${id}-label`}
    >
      {(options ?? []).map((one) => (
        <label key={one.id}>
          <input
            type="checkbox"
            checked={chosen.includes(one.id)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, one.id]
                  : chosen.filter((other) => other !== one.id),
              )
            }
          />
          {one.name}
        </label>
      ))}
    </div>
  );
}

const parts = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

function SeveralTexts({ id, value, describedBy, onChange }: ControlProps) {
  const { say } = useTexts();
  return (
    <input
      class="field"
      id={id}
      type="text"
      placeholder={say("forms.with_commas")}
      defaultValue={single(value)}
      aria-describedby={describedBy}
      onInput={(event) => onChange(parts(event.currentTarget.value))}
    />
  );
}

/** Shifts painted on a week, or typed to the minute. */
function Shifts({ id, value, describedBy, isWrong, onChange }: ControlProps) {
  const { say, numbers } = useTexts();
  const week = weekOfTexts(typeof value === "string" ? parts(value) : value);
  return (
    <div class="control-roster">
      <WeekStrip week={week} label={say("panel.week.title")} onChange={(next) => onChange(shiftsOf(next))} />
      <p class="quiet" role="status">
        {say("panel.week.hours", { hours: numbers.whole(hoursOn(week)) })}
      </p>
      <input
        class="field"
        id={id}
        type="text"
        placeholder="mon-fri 08:00-20:00, sat;sun 10:00-18:00"
        value={single(value)}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        onChange={(event) => onChange(parts(event.currentTarget.value))}
      />
    </div>
  );
}

function Weekdays({ field, id, value, describedBy, onChange }: ControlProps) {
  const { say } = useTexts();
  const names = say("panel.week.days").split(" ");
  const days = parseWeekdays(single(value) || defaultText(field));
  return (
    <div
      class="control-days"
      role="group"
      id={id}
      aria-describedby={describedBy}
      aria-labelledby={`${id}-label`}
    >
      {names.map((name, day) => (
        <button
          key={name}
          type="button"
          aria-pressed={days[day] ?? false}
          onClick={() => onChange(writeWeekdays(days.with(day, !days[day])))}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

// The day hour by hour: one measure at a time, the alternative beside what it is held against.
import { useState } from "preact/hooks";
import { levelForm } from "../../numbers/forms.ts";
import { Section } from "../Section/Section.tsx";
import type { HourCurve as Curve } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { HourCurve } from "./HourCurve.tsx";

interface Props {
  readonly curves: readonly Curve[];
  readonly ink: string;
  readonly name: string;
  readonly againstName: string;
  readonly alone: boolean;
}

export function HourSection({ curves, ink, name, againstName, alone }: Props) {
  const { say, numbers } = useTexts();
  const [chosen, setChosen] = useState(0);
  const curve = curves[Math.min(chosen, curves.length - 1)];
  if (!curve) return null;
  const form = levelForm(curve.unit);
  const known = curve.value.filter((value) => value !== null);
  const [most, least] = [Math.max(...known), Math.min(...known)];
  const finding = say("panel.hours.finding", {
    most: numbers.text(most, form),
    most_hour: numbers.hour(curve.value.indexOf(most)),
    least: numbers.text(least, form),
    least_hour: numbers.hour(curve.value.indexOf(least)),
  });
  const against = alone ? null : curve.against;
  const lines = [
    ...(against
      ? [{ id: "against", name: againstName, ink: "var(--alt-today)", values: against, quiet: true }]
      : []),
    { id: "chosen", name, ink, values: curve.value, low: curve.low, high: curve.high },
  ];
  return (
    <Section title={say("panel.hours.title")} lead={finding}>
      {curves.length > 1 && (
        <label class="hour-choice">
          <span class="unseen">{say("panel.hours.choose")}</span>
          <select
            class="field"
            value={curve.id}
            onChange={(event) => setChosen(event.currentTarget.selectedIndex)}
          >
            {curves.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="hour-key">
        {curves.length === 1 && <span>{curve.title}</span>}
        {lines.map((line) => (
          <span key={line.id} class="hour-key-name">
            <i class={line.quiet ? "is-quiet" : ""} style={{ background: line.ink }} aria-hidden="true" />
            {line.name}
          </span>
        ))}
      </p>
      <HourCurve lines={lines} unit={curve.unit} alt={`${curve.title}. ${finding}`} />
    </Section>
  );
}

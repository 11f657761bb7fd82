// A number for every severity, side by side.
import { useTexts } from "../../components/texts.ts";
import { NumberField } from "../Analysis/fields.tsx";
import { SEVERITIES, type Severity } from "./question.ts";

interface Props {
  readonly value: (severity: Severity) => number | null;
  readonly min: number;
  readonly max: number;
  readonly onChange: (severity: Severity, value: number | null) => void;
}

export function Severities({ value, min, max, onChange }: Props) {
  const { say } = useTexts();
  return (
    <div class="major-severities">
      {SEVERITIES.map((one) => (
        <NumberField
          key={one}
          label={say(`major.${one}`)}
          min={min}
          max={max}
          step={1}
          value={value(one)}
          onChange={(next) => onChange(one, next)}
        />
      ))}
    </div>
  );
}

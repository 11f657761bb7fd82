// When the other record begins, counted from which, and from how many bits on two records are one patient's.
import type { LinkedLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { THIS } from "./link.ts";

interface Props {
  readonly link: LinkedLog;
  readonly onChange: (fields: Partial<LinkedLog>) => void;
  readonly links: readonly LinkedLog[];
}

export function LinkWindow({ link, links, onChange }: Props) {
  const { say } = useTexts();
  const figures = [
    ["earliest_min", "earliest", -100_000],
    ["latest_min", "latest", -100_000],
    ["threshold_bits", "threshold", -50],
  ] as const;
  return (
    <>
      {links.length > 0 && (
        <label>
          <span>{say("logs.links.after")}</span>
          <select
            class="field"
            value={link.after}
            onChange={(event) => onChange({ after: event.currentTarget.value })}
          >
            <option value={THIS}>{say("logs.links.this")}</option>
            {links.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>{say("logs.links.measured")}</span>
        <select
          class="field"
          value={link.measured}
          onChange={(event) => onChange({ measured: event.currentTarget.value as LinkedLog["measured"] })}
        >
          {(["end", "start"] as const).map((one) => (
            <option key={one} value={one}>
              {say(`logs.links.measured_${one}`)}
            </option>
          ))}
        </select>
      </label>
      {figures.map(([field, words, least]) => (
        <label key={field}>
          <span>{say(`logs.links.${words}`)}</span>
          <input
            class="field links-figure"
            type="number"
            step="any"
            required
            min={least}
            value={link[field]}
            onChange={(event) => {
              const number = event.currentTarget.valueAsNumber;
              if (!Number.isNaN(number)) onChange({ [field]: number });
            }}
          />
        </label>
      ))}
    </>
  );
}

// What to forecast: a log that is imported, how far ahead, by which places.
import { useState } from "preact/hooks";
import type { ForecastQuestion } from "../../api/demand.ts";
import type { MissionLog } from "../../api/logs.ts";
import { useTexts } from "../../components/texts.ts";
import { linkTo } from "../../state/location.ts";
import { AskForm } from "../Analysis/AskForm.tsx";
import { ChoiceField, NumberField } from "../Analysis/fields.tsx";

const PLACES = ["municipality", "district", "tettsted", "all"] as const;
const [USUAL_HOURS, MOST_HOURS, USUAL_ORIGINS] = [72, 672, 26];

interface Props {
  /** Those that are imported. */
  readonly logs: readonly MissionLog[];
  readonly busy: boolean;
  readonly onAsk: (log: string, question: ForecastQuestion) => void;
}

export function ForecastForm({ logs, busy, onAsk }: Props) {
  const { say } = useTexts();
  const [given, setGiven] = useState("");
  const [hours, setHours] = useState<number | null>(USUAL_HOURS);
  const [by, setBy] = useState<(typeof PLACES)[number]>("municipality");
  const [origins, setOrigins] = useState<number | null>(USUAL_ORIGINS);
  const log = logs.find((one) => one.id === given) ?? logs[0];
  if (!log)
    return (
      <p class="analysis-none">
        {say("demand.no_logs")} <a href={linkTo("logs")}>{say("demand.to_logs")}</a>
      </p>
    );
  return (
    <AskForm
      title={say("demand.part_forecast")}
      busy={busy}
      onAsk={() => onAsk(log.id, { hours: hours ?? USUAL_HOURS, by, origins: origins ?? USUAL_ORIGINS })}
    >
      <ChoiceField
        label={say("demand.log")}
        value={log.id}
        options={logs.map((one) => [one.id, one.name] as const)}
        onChange={setGiven}
      />
      <NumberField
        label={say("demand.hours")}
        min={6}
        max={MOST_HOURS}
        step={1}
        value={hours}
        onChange={setHours}
      />
      <ChoiceField
        label={say("demand.by")}
        value={by}
        options={PLACES.map((one) => [one, say(`demand.by_${one}`)] as const)}
        onChange={(one) => setBy(PLACES.find((place) => place === one) ?? "municipality")}
      />
      <NumberField
        label={say("demand.origins")}
        min={4}
        max={104}
        step={1}
        value={origins}
        onChange={setOrigins}
      />
    </AskForm>
  );
}

// For whom and when: urgencies, the drive that counts as reached, parts of the week.
import { useTexts } from "../../components/texts.ts";
import { ChoiceField, NumberField, TextField, TicksField } from "../Analysis/fields.tsx";
import type { Asked, PartProps, Urgency } from "./question.ts";

const URGENCIES: readonly Urgency[] = ["A", "H", "V"];
const PARTS_EXAMPLE = "day=mon-fri 08-20,rest=mon-fri 20-08,rest=sat 08-08,rest=sun 08-08";

export function Whom({ asked, change, ofUnits }: PartProps & { ofUnits: boolean }) {
  const { say } = useTexts();
  return (
    <>
      <TicksField
        label={say("siting.field.urgency")}
        options={URGENCIES.map((one) => [one, say(`siting.urgency_${one.toLowerCase()}`)])}
        chosen={asked.urgencies}
        onChange={(urgencies) => change({ urgencies: urgencies.length > 0 ? urgencies : asked.urgencies })}
      />
      <p class="ask-legend">{say("siting.field.minutes")}</p>
      <div class="ask-pair">
        {URGENCIES.filter((one) => asked.urgencies.includes(one)).map((one) => (
          <NumberField
            key={one}
            label={say(`siting.urgency_${one.toLowerCase()}`)}
            unit="min"
            min={0.1}
            max={240}
            value={asked.minutes[one] ?? null}
            usual={say("analysis.default")}
            onChange={(minutes) => change({ minutes: withMinutes(asked, one, minutes) })}
          />
        ))}
      </div>
      <p class="quiet">{say("siting.help.minutes")}</p>
      {ofUnits && (
        <>
          <ChoiceField
            label={say("siting.field.periods")}
            help={say("siting.help.periods")}
            value={asked.parts}
            options={[
              ["all", say("siting.hour_parts")],
              ["day-evening-night", say("siting.part_day")],
              ["hours", say("siting.part_hours")],
              ["own", say("siting.part_own")],
            ]}
            onChange={(parts) => change({ parts: parts as Asked["parts"] })}
          />
          {asked.parts === "own" && (
            <TextField
              label={say("siting.field.periods_own")}
              help={say("siting.help.periods_own", { example: PARTS_EXAMPLE })}
              value={asked.ownParts}
              onChange={(ownParts) => change({ ownParts })}
            />
          )}
        </>
      )}
    </>
  );
}

function withMinutes(asked: Asked, urgency: Urgency, minutes: number | null): Asked["minutes"] {
  const others = Object.entries(asked.minutes).filter(([one]) => one !== urgency);
  return Object.fromEntries(minutes === null ? others : [...others, [urgency, minutes]]);
}

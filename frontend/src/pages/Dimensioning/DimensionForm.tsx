// The question to the rule: which alternatives, how sure, and the rule itself.
import { useState } from "preact/hooks";
import type { DimensionQuestion } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { useAskable } from "../Analysis/AlternativeField.tsx";
import { AskForm } from "../Analysis/AskForm.tsx";
import { ChoiceField, Fold, NumberField, TicksField } from "../Analysis/fields.tsx";

interface Props {
  readonly busy: boolean;
  readonly onAsk: (question: DimensionQuestion) => void;
}

type Means = "held" | "free" | "answered";
const MEANS: readonly Means[] = ["held", "free", "answered"];
const BANDS = ["day", "evening", "night"] as const;
const DAY = 24;

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** Three parts of the day from the hours at which they begin. */
function bandsOf(starts: readonly number[]) {
  return BANDS.map((id, index) => ({
    id,
    start: clock(starts[index] ?? 0),
    end: clock(starts[(index + 1) % BANDS.length] ?? 0),
  }));
}

export function DimensionForm({ busy, onAsk }: Props) {
  const { say } = useTexts();
  const askable = useAskable();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [replications, setReplications] = useState<number | null>(4);
  const [repeat, setRepeat] = useState<number | null>(0);
  const [nearest, setNearest] = useState<number | null>(null);
  const [means, setMeans] = useState<Means>("held");
  const [target, setTarget] = useState<number | null>(null);
  const [least, setLeast] = useState<number | null>(null);
  const [starts, setStarts] = useState<readonly number[]>([8, 16, 0]);
  const question = (): DimensionQuestion => ({
    alternatives: [...chosen],
    replications: replications ?? 4,
    repeat: repeat ?? 0,
    nearest_share: nearest === null ? null : nearest / 100,
    nearest_means: means,
    target_share: target === null ? null : target / 100,
    least_units: least,
    bands: bandsOf(starts),
  });
  return (
    <AskForm title={say("dimension.title")} busy={busy} onAsk={() => onAsk(question())}>
      <TicksField
        label={say("dimension.alternatives")}
        help={say("dimension.all")}
        options={askable}
        chosen={chosen}
        onChange={setChosen}
      />
      <NumberField
        label={say("dimension.replications")}
        help={say("dimension.replications_help")}
        min={1}
        max={100}
        step={1}
        value={replications}
        onChange={setReplications}
      />
      <Fold title={say("dimension.rule")}>
        <NumberField
          label={say("dimension.nearest_share")}
          unit="%"
          min={1}
          max={99}
          usual="80"
          value={nearest}
          onChange={setNearest}
        />
        <ChoiceField
          label={say("dimension.nearest_means")}
          value={means}
          options={MEANS.map((one) => [one, say(`dimension.${one}`)])}
          onChange={(value) => setMeans(value as Means)}
        />
        <NumberField
          label={say("dimension.target_share")}
          unit="%"
          min={1}
          max={99}
          usual="90"
          value={target}
          onChange={setTarget}
        />
        <NumberField
          label={say("dimension.least_units")}
          min={1}
          max={20}
          step={1}
          usual="1"
          value={least}
          onChange={setLeast}
        />
        <p class="ask-legend">{say("dimension.bands")}</p>
        <div class="ask-pair">
          {BANDS.map((band, index) => (
            <NumberField
              key={band}
              label={say(`dimension.from_${band}`)}
              min={0}
              max={DAY - 1}
              step={1}
              value={starts[index] ?? 0}
              onChange={(hour) => setStarts(starts.with(index, (hour ?? 0) % DAY))}
            />
          ))}
        </div>
        <NumberField
          label={say("dimension.repeat")}
          help={say("dimension.repeat_help")}
          min={0}
          max={10}
          step={1}
          value={repeat}
          onChange={setRepeat}
        />
      </Fold>
    </AskForm>
  );
}

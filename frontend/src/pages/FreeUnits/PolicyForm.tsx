// The question: whose free units, by which rules and settings, over how many simulated years.
import { useState } from "preact/hooks";
import type { PolicyOptions, PolicyQuestion } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { TODAY } from "../../state/drafts.ts";
import { AlternativeField } from "../Analysis/AlternativeField.tsx";
import { AskForm } from "../Analysis/AskForm.tsx";
import { NumberField, TextField, TicksField } from "../Analysis/fields.tsx";
import { asksBusy, asksOuter, rulesOf } from "./rulesOf.ts";

/** Chosen at first: what is driven least, what there is, and what moves units most. */
const AT_FIRST = ["home", "standby", "dmexclp"] as const;
/** What settings look like: shown where nothing is typed. */
const USUAL = { busy: "20 40", outer: "150 200" };

interface Props {
  readonly options: PolicyOptions | undefined;
  readonly busy: boolean;
  readonly onAsk: (question: PolicyQuestion) => void;
}

export function PolicyForm({ options, busy, onAsk }: Props) {
  const { say, local } = useTexts();
  const [asked, setAsked] = useState(TODAY);
  const [ticked, setTicked] = useState<readonly string[]>(AT_FIRST);
  const [busyShare, setBusyShare] = useState("");
  const [outer, setOuter] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const [replications, setReplications] = useState<number | null>(4);
  const rules = options?.alternatives.find((one) => one.alternative === asked)?.rules ?? [];
  const chosen = ticked.filter((one) => rules.some(({ rule }) => rule === one));
  const wanted = rulesOf(chosen, { busy: busyShare, outer });
  const ask = () => {
    setIsWrong(wanted === undefined);
    if (wanted) onAsk({ alternative: asked, rules: [...wanted], replications: replications ?? 4 });
  };
  return (
    <AskForm title={say("policies.title")} busy={busy || (wanted ?? chosen).length < 2} onAsk={ask}>
      <AlternativeField value={asked} onChange={setAsked} />
      <TicksField
        label={say("policies.rules")}
        help={say("policies.rules_help")}
        options={rules.map(({ rule, name }) => [rule, local(name)])}
        chosen={chosen}
        onChange={setTicked}
      />
      {asksBusy(chosen) && (
        <TextField
          label={say("policies.busy")}
          help={say("policies.busy_help")}
          placeholder={USUAL.busy}
          value={busyShare}
          onChange={setBusyShare}
        />
      )}
      {asksOuter(chosen) && (
        <TextField
          label={say("policies.outer")}
          help={say("policies.outer_help")}
          placeholder={USUAL.outer}
          value={outer}
          onChange={setOuter}
        />
      )}
      {isWrong && wanted === undefined && (
        <p class="edit-row-fault" role="alert">
          {say("policies.settings_wrong")}
        </p>
      )}
      <NumberField
        label={say("policies.replications")}
        help={say("policies.replications_help")}
        min={2}
        max={50}
        step={1}
        value={replications}
        onChange={setReplications}
      />
    </AskForm>
  );
}

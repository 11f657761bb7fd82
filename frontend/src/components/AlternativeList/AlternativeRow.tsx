// One alternative in the list: its colour, its name, what premise 1 says of it, and whether it is compared.
import { GateVerdict } from "../GateVerdict/GateVerdict.tsx";
import type { Gate } from "../shapes.ts";
import { useTexts } from "../texts.ts";

interface Props {
  readonly id: string;
  readonly name: string;
  readonly ink: string;
  readonly isChosen: boolean;
  readonly isChanged: boolean;
  readonly gate: Gate | null;
  readonly isCompared: boolean;
  /** Whether one more may be compared; undefined where comparing makes no sense. */
  readonly canCompare: boolean | undefined;
  readonly onChoose: () => void;
  readonly onCompare: (isCompared: boolean) => void;
}

export function AlternativeRow(props: Props) {
  const { say } = useTexts();
  const { name, ink, isChosen, isChanged, gate, isCompared, canCompare } = props;
  return (
    <li class={isChosen ? "alternative is-chosen" : "alternative"}>
      <button type="button" class="alternative-name" aria-pressed={isChosen} onClick={props.onChoose}>
        <i style={{ background: ink }} aria-hidden="true" />
        <span>
          {name}
          {isChanged && (
            <span class="alternative-unsaved" title={say("panel.alternatives.unsaved")}>
              <span aria-hidden="true"> •</span>
              <span class="unseen"> {say("panel.alternatives.unsaved")}</span>
            </span>
          )}
        </span>
      </button>
      {canCompare !== undefined && (
        <label class="alternative-compare" title={say("panel.alternatives.compare", { name })}>
          <input
            type="checkbox"
            checked={isCompared}
            disabled={!isCompared && !canCompare}
            aria-label={say("panel.alternatives.compare", { name })}
            onChange={(event) => props.onCompare(event.currentTarget.checked)}
          />
        </label>
      )}
      {gate && (
        <p class="alternative-gate">
          <GateVerdict gate={gate} short />
        </p>
      )}
    </li>
  );
}

// How far the answer has come: "12 of 20 replications · interval ±0.4 pp · 1.8 s".
import { POINTS } from "../../numbers/forms.ts";
import type { Estimate, Progress } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./StatusLine.css";

interface Props {
  readonly progress: Progress | null;
  /** The figure whose interval is told: the difference of the first card. */
  readonly difference: Estimate | null;
  readonly isRunning: boolean;
}

const TENTHS = { unit: "s", factor: 1, digits: 1 } as const;

export function StatusText({ progress, difference, isRunning }: Props) {
  const { say, numbers } = useTexts();
  if (!progress)
    return <p class="status-line quiet">{say(isRunning ? "panel.status.preparing" : "panel.status.none")}</p>;
  const half = halfWidth(difference);
  const replications = say("panel.status.replications", {
    done: numbers.whole(progress.replications),
    wanted: numbers.whole(progress.wanted),
  });
  const interval = half === null ? [] : [say("panel.status.interval", { half: numbers.text(half, POINTS) })];
  const share = progress.wanted > 0 ? progress.replications / progress.wanted : 1;
  return (
    <div class="status-line">
      <span class="status-line-bar" aria-hidden="true">
        <span style={{ transform: `scaleX(${share})` }} />
      </span>
      <p>{[replications, ...interval, numbers.text(progress.seconds, TENTHS)].join(" · ")}</p>
    </div>
  );
}

function halfWidth(estimate: Estimate | null): number | null {
  if (!estimate || estimate.low === null || estimate.high === null) return null;
  return (estimate.high - estimate.low) / 2;
}

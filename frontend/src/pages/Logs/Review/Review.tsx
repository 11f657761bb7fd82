// The review queue of a log: for readers how many cases stand where; for others the cases themselves, and one opened.
import { useState } from "preact/hooks";
import { logsClient, type LogForms, type MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { query } from "../../../state/location.ts";
import { shown } from "../../../state/remote.ts";
import { mayChange } from "../../../state/session.ts";
import { CasePage } from "../Case/CasePage.tsx";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../../components/useAsked.ts";
import { useWork, type WorkOn } from "../Work/useWork.ts";
import { Work } from "../Work/Work.tsx";
import { Cases } from "./Cases.tsx";
import { Summary } from "./Summary.tsx";
import "./Review.css";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
}

export function Review({ log, forms }: Props) {
  const { say } = useTexts();
  const work = useWork(log.id, "log_review");
  const key = `${log.id} ${work.done.length}`;
  const { found, again } = useAsked(() => logsClient.queue(log.study, log.id), key);
  const queue = shown(found);
  const open = mayChange.value ? query("case") : null;
  if (open !== null) return <CasePage key={open} log={log} forms={forms} id={open} onChanged={again} />;
  return (
    <div class="log-part">
      <p class="quiet review-lead">{say("logs.review.lead")}</p>
      {found.state === "failed" && <Trouble problem={found.problem} onAgain={again} />}
      {work.current && <Work job={work.current} onCancel={work.cancel} onAgain={work.again} />}
      {work.problem && <Trouble problem={work.problem} />}
      {queue && !queue.exists && !work.isBusy && <p>{say("logs.review.none")}</p>}
      {queue?.exists && mayChange.value && <Cases key={key} log={log} forms={forms} />}
      {queue?.exists && <Summary queue={queue} forms={forms} isOpen={!mayChange.value} />}
      {mayChange.value && !work.isBusy && queue && (
        <Run log={log} isAgain={queue.exists} begin={work.begin} />
      )}
    </div>
  );
}

interface RunProps {
  readonly log: MissionLog;
  readonly isAgain: boolean;
  readonly begin: WorkOn["begin"];
}

const USUAL_DAYS = 90;

function Run({ log, isAgain, begin }: RunProps) {
  const { say } = useTexts();
  const [days, setDays] = useState<number | null>(USUAL_DAYS);
  const form = (
    <form
      class="log-form"
      onSubmit={(event) => {
        event.preventDefault();
        void begin(() => logsClient.review(log.study, log.id, { rules: [], days: days ?? 0 }));
      }}
    >
      <label>
        <span>{say("logs.review.days")}</span>
        <input
          class="field"
          type="number"
          min={1}
          max={100000}
          value={days ?? ""}
          onInput={(event) => setDays(event.currentTarget.valueAsNumber || null)}
        />
      </label>
      <button type="submit" class={isAgain ? "button" : "button primary"}>
        {say(isAgain ? "logs.review.anew" : "logs.review.start")}
      </button>
      <p class="quiet">{say("logs.review.days_help")}</p>
    </form>
  );
  if (!isAgain) return form;
  return (
    <details class="log-fold">
      <summary>{say("logs.review.run")}</summary>
      {form}
    </details>
  );
}

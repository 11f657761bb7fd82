// What a report of a log is asked for: of which time, against what, and with which files and links beside it.
import { useState } from "preact/hooks";
import { logsClient, type LogForms, type MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { logs } from "../../../state/logs.ts";
import { shown } from "../../../state/remote.ts";
import { Links } from "../Links/Links.tsx";
import type { useWork } from "../Work/useWork.ts";
import { BesideFile } from "./BesideFile.tsx";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
  readonly hasReport: boolean;
  readonly begin: ReturnType<typeof useWork>["begin"];
}

export function Question({ log, forms, hasReport, begin }: Props) {
  const { say } = useTexts();
  const form = (
    <div class="log-part">
      <Ask log={log} forms={forms} hasReport={hasReport} begin={begin} />
      <details class="log-fold">
        <summary>{say("logs.indicators.beside")}</summary>
        <div class="log-part">
          <BesideFile log={log} kind="roster" />
          <BesideFile log={log} kind="printed" />
          <BesideFile log={log} kind="catalogue" />
          <Links log={log} />
        </div>
      </details>
    </div>
  );
  if (!hasReport) return form;
  return (
    <details class="log-fold">
      <summary>{say("logs.indicators.anew")}</summary>
      {form}
    </details>
  );
}

function Ask({ log, forms, hasReport, begin }: Props) {
  const { say, numbers } = useTexts();
  const [threshold, setThreshold] = useState(forms.least_count);
  const [month, setMonth] = useState("");
  const [previous, setPrevious] = useState("");
  const [management, setManagement] = useState(false);
  const [responders, setResponders] = useState(false);
  const others = (shown(logs.value) ?? []).filter((one) => one.id !== log.id && one.store);
  return (
    <form
      class="log-form"
      onSubmit={(event) => {
        event.preventDefault();
        const question = { threshold, month: month || null, responders, management, previous };
        void begin(() => logsClient.report(log.study, log.id, question));
      }}
    >
      <label>
        <span>{say("logs.indicators.threshold")}</span>
        <input
          class="field"
          type="number"
          required
          min={forms.least_count}
          max={1000}
          value={threshold}
          onInput={(event) => setThreshold(event.currentTarget.valueAsNumber || forms.least_count)}
        />
      </label>
      <label>
        <span>{say("logs.indicators.month")}</span>
        <input
          class="field"
          type="month"
          required={management}
          pattern="\d{4}-\d{2}"
          placeholder={say("logs.indicators.all_months")}
          min={log.store?.first?.slice(0, 7)}
          max={log.store?.last?.slice(0, 7)}
          value={month}
          onInput={(event) => setMonth(event.currentTarget.value)}
        />
      </label>
      <label>
        <span>{say("logs.indicators.previous")}</span>
        <select class="field" value={previous} onChange={(event) => setPrevious(event.currentTarget.value)}>
          <option value="">{say("logs.indicators.previous_none")}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <label class="log-check">
        <input
          type="checkbox"
          checked={management}
          onChange={(event) => setManagement(event.currentTarget.checked)}
        />
        <span>{say("logs.indicators.management")}</span>
      </label>
      <label class="log-check">
        <input
          type="checkbox"
          checked={responders}
          onChange={(event) => setResponders(event.currentTarget.checked)}
        />
        <span>{say("logs.indicators.responders")}</span>
      </label>
      <button type="submit" class={hasReport ? "button" : "button primary"}>
        {say(hasReport ? "logs.indicators.anew" : "logs.indicators.start")}
      </button>
      <p class="quiet">
        {say("logs.indicators.threshold_help", { least: numbers.whole(forms.least_count) })}
      </p>
    </form>
  );
}

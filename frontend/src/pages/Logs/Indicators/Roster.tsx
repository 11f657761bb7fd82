// The roster file that indicators are counted with: chosen, told by name, and taken away again.
import { useState } from "preact/hooks";
import { logsClient, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { putLog } from "../../../state/logs.ts";

export function Roster({ log }: { readonly log: MissionLog }) {
  const { say } = useTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = async (made: () => Promise<MissionLog>) => {
    setProblem(null);
    try {
      putLog(await made());
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <fieldset class="indicators-roster">
      <legend>{say("logs.indicators.roster")}</legend>
      {log.roster && <p>{log.roster}</p>}
      <div class="log-form">
        <label class="button add-choose">
          {say(log.roster ? "logs.indicators.roster_other" : "logs.indicators.roster_choose")}
          <input
            class="unseen"
            type="file"
            accept=".csv,.txt"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = "";
              if (file) void change(() => logsClient.sendRoster(log.study, log.id, file));
            }}
          />
        </label>
        {log.roster && (
          <button
            type="button"
            class="button"
            onClick={() => void change(() => logsClient.dropRoster(log.study, log.id))}
          >
            {say("logs.indicators.roster_remove", { name: log.roster })}
          </button>
        )}
      </div>
      <p class="quiet">{say("logs.indicators.roster_help")}</p>
      {problem && <Trouble problem={problem} />}
    </fieldset>
  );
}

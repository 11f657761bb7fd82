// A file that indicators are counted with, such as a roster: chosen, told by name, and taken away again.
import { useState } from "preact/hooks";
import { logsClient, type Beside, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { putLog } from "../../../state/logs.ts";

interface Props {
  readonly log: MissionLog;
  readonly kind: Beside;
}

export function BesideFile({ log, kind }: Props) {
  const { say } = useTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = log[kind];
  const change = async (made: () => Promise<MissionLog>) => {
    setProblem(null);
    try {
      putLog(await made());
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <fieldset class="indicators-beside">
      <legend>{say(`logs.indicators.${kind}`)}</legend>
      {name && <p>{name}</p>}
      <div class="log-form">
        <label class="button add-choose">
          {say(name ? `logs.indicators.${kind}_other` : `logs.indicators.${kind}_choose`)}
          <input
            class="unseen"
            type="file"
            accept={kind === "catalogue" ? ".toml" : ".csv,.txt,.tsv"}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = "";
              if (file) void change(() => logsClient.sendBeside(log.study, log.id, kind, file));
            }}
          />
        </label>
        {name && (
          <button
            type="button"
            class="button"
            onClick={() => void change(() => logsClient.dropBeside(log.study, log.id, kind))}
          >
            {say(`logs.indicators.${kind}_remove`, { name })}
          </button>
        )}
      </div>
      <p class="quiet">{say(`logs.indicators.${kind}_help`)}</p>
      {problem && <Trouble problem={problem} />}
    </fieldset>
  );
}

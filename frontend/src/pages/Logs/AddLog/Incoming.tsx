// Files and stores that lie beside the server: nothing is shown where there are none.
import { useState } from "preact/hooks";
import { logsClient, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { shown } from "../../../state/remote.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../../components/useAsked.ts";
import { sizeText } from "../words.ts";

interface Props {
  readonly study: string;
  readonly onAdded: (log: MissionLog) => void;
}

export function Incoming({ study, onAdded }: Props) {
  const { say, numbers } = useTexts();
  const { found } = useAsked(() => logsClient.incoming(study), study);
  const [problem, setProblem] = useState<Problem | null>(null);
  const lies = shown(found);
  if (!lies || (lies.found.length === 0 && !lies.folder)) return null;
  const take = async (name: string) => {
    setProblem(null);
    try {
      onAdded(await logsClient.take(study, name));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <details class="add-incoming" open={lies.found.length > 0}>
      <summary>{say("logs.add.incoming")}</summary>
      <p class="quiet">{say("logs.add.incoming_help", { folder: lies.folder })}</p>
      <ul>
        {lies.found.map((one) => (
          <li key={one.name}>
            <button type="button" class="button" onClick={() => void take(one.name)}>
              {say("logs.add.take", { name: one.name })}
            </button>{" "}
            <span class="quiet">
              {one.is_store ? say("logs.add.store") : sizeText(say, numbers, one.size_bytes)}
            </span>
          </li>
        ))}
      </ul>
      {problem && <Trouble problem={problem} />}
    </details>
  );
}

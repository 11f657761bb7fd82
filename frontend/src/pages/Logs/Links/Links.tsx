// Other logs that a log is linked with: told one by one, taken away, taken along, and added.
import { useState } from "preact/hooks";
import { logLink, logsClient, type LinkedLog, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useAsked } from "../../../components/useAsked.ts";
import { useTexts } from "../../../components/texts.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { logs } from "../../../state/logs.ts";
import { shown } from "../../../state/remote.ts";
import { AddLink } from "./AddLink.tsx";
import { THIS, withoutLink } from "./link.ts";
import "./Links.css";

export function Links({ log }: { readonly log: MissionLog }) {
  const { say } = useTexts();
  const { found, again } = useAsked(() => logsClient.links(log.study, log.id), log.id);
  const [kept, setKept] = useState<readonly LinkedLog[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const links = kept ?? shown(found);
  const set = async (next: readonly LinkedLog[]): Promise<boolean> => {
    setProblem(null);
    try {
      setKept(await logsClient.setLinks(log.study, log.id, next));
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    }
  };
  return (
    <fieldset class="indicators-beside links">
      <legend>{say("logs.links.title")}</legend>
      <p class="quiet">{say("logs.links.help")}</p>
      {found.state === "failed" && <Trouble problem={found.problem} onAgain={again} />}
      {links?.length === 0 && <p>{say("logs.links.none")}</p>}
      {links && links.length > 0 && (
        <>
          <ul>
            {links.map((one) => (
              <Told key={one.name} one={one} all={links} onRemove={() => void set(withoutLink(links, one))} />
            ))}
          </ul>
          <p>
            <a href={logLink(log.study, log.id, "links.toml")} download>
              {say("logs.links.take")}
            </a>
          </p>
        </>
      )}
      {problem && <Trouble problem={problem} />}
      {links && <AddLink log={log} links={links} onAdd={(one) => set([...links, one])} />}
    </fieldset>
  );
}

interface ToldProps {
  readonly one: LinkedLog;
  readonly all: readonly LinkedLog[];
  readonly onRemove: () => void;
}

function Told({ one, all, onRemove }: ToldProps) {
  const { say, numbers } = useTexts();
  const begin =
    one.after === THIS
      ? say("logs.links.this")
      : (all.find((other) => other.name === one.after)?.title ?? "");
  const name = one.log ? (shown(logs.value)?.find((log) => log.id === one.log)?.name ?? one.log) : one.file;
  return (
    <li>
      <span>
        {say("logs.links.from", { begin, end: one.title, name })}
        <span class="quiet">
          {" · "}
          {say("logs.links.window", {
            earliest: numbers.whole(one.earliest_min),
            latest: numbers.whole(one.latest_min),
            moment: say(`logs.links.of_${one.measured}`),
            bits: numbers.whole(one.threshold_bits),
          })}
        </span>
      </span>
      <button type="button" class="button" onClick={onRemove}>
        {say("logs.links.remove", { name: one.title })}
      </button>
    </li>
  );
}

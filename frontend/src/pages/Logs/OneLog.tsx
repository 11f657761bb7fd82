// One log: what it is, and its parts side by side. What may not be seen by who is here is not offered.
import { useState } from "preact/hooks";
import { logsClient, type LogForms, type MissionLog } from "../../api/logs.ts";
import { asProblem } from "../../api/problem.ts";
import type { Problem } from "../../api/types.ts";
import { Confirm } from "../../components/Confirm/Confirm.tsx";
import { useTexts } from "../../components/texts.ts";
import { go, query, withQuery } from "../../state/location.ts";
import { loadLogs, logForms, mayDelete } from "../../state/logs.ts";
import { shown } from "../../state/remote.ts";
import { isReader, mayChange } from "../../state/session.ts";
import { Indicators } from "./Indicators/Indicators.tsx";
import { Issues } from "./Issues/Issues.tsx";
import { Reading } from "./Reading/Reading.tsx";
import { Review } from "./Review/Review.tsx";
import { logAddress, whoAdded } from "./Shelf/Shelf.tsx";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { dayText } from "./words.ts";
import "../Report/Report.css";

const PARTS = ["import", "issues", "indicators", "review"] as const;
/** The address without anything that is about one log. */
const NO_LOG = { log: null, part: null, case: null, chapter: null, report: null, off: null };
type Part = (typeof PARTS)[number];

/** Parts that there are to see: before the import there is nothing but it, and single missions are not for readers. */
function partsOf(log: MissionLog, isForAnalysts: boolean): readonly Part[] {
  if (!log.store) return isForAnalysts ? ["import"] : [];
  return isForAnalysts ? PARTS : ["indicators", "review"];
}

export function OneLog({ log }: { log: MissionLog }) {
  const { say, numbers } = useTexts();
  const parts = partsOf(log, mayChange.value);
  const asked = parts.find((one) => one === query("part"));
  const part = asked ?? (log.store && mayChange.value ? "issues" : parts[0]);
  const forms = shown(logForms.value);
  const store = log.store;
  return (
    <main id="content" class="page logs">
      <header class="log-head">
        <a href={withQuery(NO_LOG).href}>{say("logs.back")}</a>
        <h1>{log.name}</h1>
        <p class="quiet">
          {store &&
            `${say("logs.facts", { incidents: numbers.whole(store.incidents), missions: numbers.whole(store.missions) })} · `}
          {store?.first &&
            store.last &&
            `${dayText(store.first, store.zone)} – ${dayText(store.last, store.zone)} · `}
          {whoAdded(log, say)}
        </p>
        {store?.generated && <p class="log-generated">{say("logs.generated")}</p>}
        {log.fault && <p class="log-fault">{log.fault}</p>}
      </header>
      {isReader.value && <p class="quiet">{say("logs.reader")}</p>}
      {!store && isReader.value && <p>{say("logs.not_imported")}</p>}
      {parts.length > 1 && (
        <nav class="topic-tabs" aria-label={say("logs.parts")}>
          {parts.map((one) => (
            <a key={one} href={logAddress(log.id, one)} aria-current={one === part ? "page" : undefined}>
              {say(`logs.part.${one}`)}
            </a>
          ))}
        </nav>
      )}
      {forms && part && <PartOf part={part} log={log} forms={forms} />}
      {mayDelete.value && <Delete log={log} />}
    </main>
  );
}

function PartOf({ part, log, forms }: { part: Part; log: MissionLog; forms: LogForms }) {
  if (part === "import") return <Reading log={log} forms={forms} />;
  if (part === "issues") return <Issues log={log} forms={forms} />;
  if (part === "indicators") return <Indicators log={log} forms={forms} />;
  return <Review log={log} forms={forms} />;
}

function Delete({ log }: { log: MissionLog }) {
  const { say } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const remove = async () => {
    setAsking(false);
    try {
      await logsClient.remove(log.study, log.id);
      go(withQuery(NO_LOG), true);
      await loadLogs();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const sure = log.origin === "upload" ? "logs.delete_sure" : "logs.delete_sure_laid";
  return (
    <footer class="log-foot">
      {problem && <Trouble problem={problem} />}
      {isAsking ? (
        <Confirm
          text={say(sure, { name: log.name })}
          yes={say("logs.delete")}
          onYes={() => void remove()}
          onNo={() => setAsking(false)}
        />
      ) : (
        <button type="button" class="button plain" onClick={() => setAsking(true)}>
          {say("logs.delete")}
        </button>
      )}
    </footer>
  );
}

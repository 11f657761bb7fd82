// All logs of the study, the newest first: what each is, and where it stands.
import type { MissionLog } from "../../../api/logs.ts";
import { hasEnded } from "../../../api/runs.ts";
import { useTexts } from "../../../components/texts.ts";
import { withQuery } from "../../../state/location.ts";
import { workOn } from "../../../state/logs.ts";
import { day } from "../../../state/moments.ts";
import { dayText, sizeText } from "../words.ts";
import "./Shelf.css";

export function Shelf({ logs }: { logs: readonly MissionLog[] }) {
  const { say } = useTexts();
  return (
    <ul class="log-shelf" aria-label={say("logs.list")}>
      {logs.map((log) => (
        <LogRow key={log.id} log={log} />
      ))}
    </ul>
  );
}

/** The address of a log; what was chosen in another is left behind. */
export const logAddress = (log: string, part: string | null = null): string =>
  withQuery({ log, part, case: null, chapter: null, report: null, off: null }).href;

function LogRow({ log }: { log: MissionLog }) {
  const { say, numbers } = useTexts();
  const store = log.store;
  return (
    <li class={store ? "log-row is-imported" : "log-row"}>
      <a href={logAddress(log.id)}>{log.name}</a>
      <p>
        {store
          ? say("logs.facts", {
              incidents: numbers.whole(store.incidents),
              missions: numbers.whole(store.missions),
            })
          : state(log, say)}
        {store?.first &&
          store.last &&
          ` · ${dayText(store.first, store.zone)} – ${dayText(store.last, store.zone)}`}
      </p>
      <p class="quiet">
        {log.size_bytes > 0 && `${sizeText(say, numbers, log.size_bytes)} · `}
        {whoAdded(log, say)}
      </p>
      {store?.generated && <p class="log-generated">{say("logs.generated")}</p>}
      {log.fault && <p class="log-fault">{log.fault}</p>}
    </li>
  );
}

type Say = ReturnType<typeof useTexts>["say"];

function state(log: MissionLog, say: Say): string {
  const newest = workOn(log.id, "log_import")[0];
  return newest && !hasEnded(newest) ? say("logs.loading") : say("logs.not_imported");
}

/** When a log was added, and by whom. */
export function whoAdded(log: MissionLog, say: Say): string {
  return say("logs.added", { when: day(log.added_s), who: log.by === "local" ? say("logs.local") : log.by });
}

// What cleaning found: rows in are rows out, every rule with its count, examples, and where they are.
import { logLink, logsClient, type LogForms, type LogStore, type MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { shown } from "../../../state/remote.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../../components/useAsked.ts";
import { Finding } from "./Finding.tsx";
import "./Issues.css";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
}

export function Issues({ log, forms }: Props) {
  const { say, local, numbers } = useTexts();
  const { found, again } = useAsked(
    () => logsClient.issues(log.study, log.id),
    `${log.id} ${log.store?.version ?? ""}`,
  );
  const issues = shown(found);
  if (found.state === "failed") return <Trouble problem={found.problem} onAgain={again} />;
  if (!issues) return <p class="quiet">{say("logs.loading")}</p>;
  const rules = new Map(forms.rules.map((one) => [one.id, one]));
  const told = issues.found.filter((one) => one.count > 0).sort((a, b) => b.count - a.count);
  const off = issues.store.without;
  const silent = issues.found.filter((one) => one.count === 0 && !off.includes(one.rule));
  return (
    <div class="log-part">
      <Balance store={issues.store} />
      <section class="log-part" aria-labelledby="issues-found">
        <div class="log-tools issues-head">
          <h2 id="issues-found">{say("logs.issues.found")}</h2>
          {told.length > 0 && (
            <a class="button" href={logLink(log.study, log.id, "issues.csv")} download>
              {say("logs.issues.all")}
            </a>
          )}
        </div>
        {told.length === 0 && <p>{say("logs.issues.nothing")}</p>}
        <ul class="issues-list">
          {told.map((one) => {
            const rule = rules.get(one.rule);
            return rule && <Finding key={one.rule} log={log} rule={rule} found={one} forms={forms} />;
          })}
        </ul>
      </section>
      {off.length > 0 && (
        <section class="issues-off">
          <h3>{say("logs.issues.off")}</h3>
          <ul>
            {off.map((one) => (
              <li key={one}>{local(rules.get(one)?.what) || one}</li>
            ))}
          </ul>
        </section>
      )}
      <details class="log-fold">
        <summary>{say("logs.issues.quiet", { count: numbers.whole(silent.length) })}</summary>
        <ul>
          {silent.map((one) => (
            <li key={one.rule}>{local(rules.get(one.rule)?.what) || one.rule}</li>
          ))}
        </ul>
      </details>
      <section class="issues-off">
        <h3>{say("logs.issues.persons")}</h3>
        {Object.keys(issues.store.privacy).length === 0 && <p>{say("logs.issues.persons_none")}</p>}
        <ul>
          {Object.entries(issues.store.privacy).map(([column, what]) => (
            <li key={column}>
              <code>{column}</code>: {what}
            </li>
          ))}
        </ul>
        {issues.reading && issues.reading.left_out.length > 0 && (
          <p class="quiet">{say("logs.issues.not_read", { columns: issues.reading.left_out.join(", ") })}</p>
        )}
      </section>
    </div>
  );
}

/** The rows of the file and those in the store: the same number, or the program is at fault. */
function Balance({ store }: { store: LogStore }) {
  const { say, numbers } = useTexts();
  const isWhole = store.rows_in === store.rows_out;
  return (
    <section class={isWhole ? "balance" : "balance is-lost"}>
      <h2>
        <span aria-hidden="true">{isWhole ? "✓" : "✗"}</span>{" "}
        {say("logs.issues.balance", {
          rows: numbers.whole(store.rows_in),
          out: numbers.whole(store.rows_out),
        })}
      </h2>
      <p>
        {isWhole
          ? say("logs.issues.balance_help", {
              missions: numbers.whole(store.missions),
              alone: numbers.whole(store.incidents_without_unit),
              incidents: numbers.whole(store.incidents),
            })
          : say("logs.issues.lost")}
      </p>
    </section>
  );
}

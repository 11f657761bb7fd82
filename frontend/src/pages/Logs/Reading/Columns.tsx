// What is read from which column with a profile: the thing to look at before a guess is confirmed.
import { useEffect } from "preact/hooks";
import { logsClient, type LogForms, type MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { shown } from "../../../state/remote.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../../components/useAsked.ts";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
  readonly profile: string;
  /** Told whether the log can be read so. */
  readonly onUsable: (usable: boolean) => void;
}

export function Columns({ log, forms, profile, onUsable }: Props) {
  const { say, local } = useTexts();
  const { found, again } = useAsked(
    () => logsClient.reading(log.study, log.id, profile),
    `${log.id} ${profile}`,
  );
  const reading = shown(found);
  const faults = reading?.issues.filter((one) => one.severity === "error") ?? [];
  const isUsable = reading !== undefined && faults.length === 0;
  useEffect(() => onUsable(isUsable), [isUsable]);
  if (found.state === "failed")
    return (
      <div class="reading-columns">
        <Trouble problem={found.problem} onAgain={again} />
      </div>
    );
  if (!reading) return <p class="reading-columns quiet">{say("logs.loading")}</p>;
  const name = (field: string) => local(forms.fields[field]) || field;
  const read = new Map<string, string[]>();
  for (const { field, column } of reading.fields)
    read.set(column, [...(read.get(column) ?? []), name(field)]);
  for (const column of reading.key) read.set(column, [...(read.get(column) ?? []), say("logs.reading.key")]);
  return (
    <section class="reading-columns" aria-labelledby="reading-columns">
      <h3 id="reading-columns">{say("logs.reading.table")}</h3>
      {faults.length > 0 && (
        <Trouble problem={{ title: "logs.reading.unusable", detail: "", issues: reading.issues }} />
      )}
      {faults.length === 0 &&
        reading.issues.map((issue, number) => (
          <p key={number} class="quiet">
            {issue.message}. {issue.remedy}
          </p>
        ))}
      {read.size > 0 && (
        <div class="log-table" tabIndex={0} role="region" aria-labelledby="reading-columns">
          <table>
            <thead>
              <tr>
                <th scope="col">{say("logs.reading.column")}</th>
                <th scope="col">{say("logs.reading.field")}</th>
              </tr>
            </thead>
            <tbody>
              {[...read].map(([column, fields]) => (
                <tr key={column}>
                  <th scope="row">
                    {column.startsWith("@") ? say("logs.reading.special") : <code>{column}</code>}
                  </th>
                  <td>{fields.join(", ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="quiet">
        {reading.left_out.length > 0
          ? say("logs.reading.left_out", { columns: reading.left_out.join(", ") })
          : say("logs.reading.all_read")}
      </p>
    </section>
  );
}

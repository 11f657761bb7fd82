// A file of other records: sent, and which of its columns holds what.
import { useState } from "preact/hooks";
import { logsClient, type LinkedFile, type LinkedLog, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { COLUMNS } from "./link.ts";

interface Props {
  readonly link: LinkedLog;
  readonly onChange: (fields: Partial<LinkedLog>) => void;
  readonly log: MissionLog;
  readonly file: LinkedFile | null;
  readonly onFile: (file: LinkedFile | null) => void;
}

export function LinkedRecords({ log, link, file, onFile, onChange }: Props) {
  const { say } = useTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (chosen: File) => {
    setProblem(null);
    try {
      const kept = await logsClient.sendLinked(log.study, log.id, chosen);
      onChange({ columns: {} });
      onFile(kept);
    } catch (error) {
      onFile(null);
      setProblem(asProblem(error));
    }
  };
  const name = (column: (typeof COLUMNS)[number], value: string) => {
    const rest = Object.entries(link.columns).filter(([other]) => other !== column);
    onChange({ columns: Object.fromEntries(value ? [...rest, [column, value]] : rest) });
  };
  return (
    <div class="links-records">
      <div class="log-form">
        <label class="button add-choose">
          {file ? file.name : say("logs.links.choose")}
          <input
            class="unseen"
            type="file"
            accept=".csv,.txt,.tsv,.gz,.xlsx,.xls,.ods,.parquet"
            onChange={(event) => {
              const chosen = event.currentTarget.files?.[0];
              event.currentTarget.value = "";
              if (chosen) void send(chosen);
            }}
          />
        </label>
      </div>
      <p class="quiet">{say("logs.links.persons")}</p>
      {problem && <Trouble problem={problem} />}
      {file && (
        <fieldset class="links-columns">
          <legend>{say("logs.links.columns")}</legend>
          {COLUMNS.map((column) => (
            <label key={column}>
              <span>{say(`logs.links.column.${column}`)}</span>
              <select
                class="field"
                required={column === "start"}
                value={link.columns[column] ?? ""}
                onChange={(event) => name(column, event.currentTarget.value)}
              >
                <option value="">{say("logs.links.column_none")}</option>
                {file.columns.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <label>
            <span>{say("logs.links.date_order")}</span>
            <select
              class="field"
              value={link.date_order}
              onChange={(event) =>
                onChange({ date_order: event.currentTarget.value as LinkedLog["date_order"] })
              }
            >
              {(["day", "month", "year"] as const).map((one) => (
                <option key={one} value={one}>
                  {say(`logs.links.order_${one}`)}
                </option>
              ))}
            </select>
          </label>
          <label class="log-check">
            <input
              type="checkbox"
              checked={link.decimal === ","}
              onChange={(event) => onChange({ decimal: event.currentTarget.checked ? "," : "." })}
            />
            <span>{say("logs.links.comma")}</span>
          </label>
          {link.columns["key"] && (
            <label class="log-check">
              <input
                type="checkbox"
                checked={link.hash_key}
                onChange={(event) => onChange({ hash_key: event.currentTarget.checked })}
              />
              <span>{say("logs.links.hash_key")}</span>
            </label>
          )}
        </fieldset>
      )}
    </div>
  );
}

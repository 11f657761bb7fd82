// What can be taken along of a log's report: the page, the workbook, and every table as CSV or Parquet.
import { logLink, logsClient, type MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { shown } from "../../../state/remote.ts";
import { useAsked } from "../../../components/useAsked.ts";
import { sizeText } from "../words.ts";

const TABLE = /^results\/(.+)\.parquet$/;

export function Files({ log, report }: { log: MissionLog; report: string }) {
  const { say, numbers } = useTexts();
  const { found } = useAsked(() => logsClient.files(log.study, log.id, report), report);
  const files = shown(found) ?? [];
  if (files.length === 0) return null;
  const at = (path: string) => logLink(log.study, log.id, `reports/${encodeURIComponent(report)}/${path}`);
  const whole = files.filter((one) => /\.(html|xlsx)$/.test(one.name));
  const tables = files.filter((one) => TABLE.test(one.name));
  return (
    <section class="indicators-files" aria-labelledby="indicators-files">
      <h2 id="indicators-files">{say("logs.indicators.files")}</h2>
      <ul>
        {whole.map((one) => (
          <li key={one.name}>
            <a href={at(`files/${one.name}`)} download>
              {say(one.name.endsWith(".xlsx") ? "logs.indicators.excel" : "logs.indicators.page")}
            </a>{" "}
            <span class="quiet">
              {one.name} · {sizeText(say, numbers, one.size_bytes)}
            </span>
          </li>
        ))}
      </ul>
      <details class="log-fold">
        <summary>{say("logs.indicators.tables")}</summary>
        <ul>
          {tables.map((one) => {
            const name = TABLE.exec(one.name)?.[1] ?? one.name;
            return (
              <li key={one.name}>
                {name}:{" "}
                <a href={at(`tables/${name}.csv`)} download aria-label={`${name}, CSV`}>
                  CSV
                </a>{" "}
                ·{" "}
                <a href={at(`files/${one.name}`)} download aria-label={`${name}, Parquet`}>
                  Parquet
                </a>
              </li>
            );
          })}
        </ul>
      </details>
    </section>
  );
}

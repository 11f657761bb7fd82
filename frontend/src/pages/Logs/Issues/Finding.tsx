// One rule that found something: how much, what to do about it, the first of each kind, and all of them as a file.
import { logLink, type Found, type LogForms, type MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { withQuery } from "../../../state/location.ts";

interface Props {
  readonly log: MissionLog;
  readonly rule: LogForms["rules"][number];
  readonly found: Found;
  readonly forms: LogForms;
}

export function Finding({ log, rule, found, forms }: Props) {
  const { say, local, numbers } = useTexts();
  const count = { count: numbers.whole(found.count) };
  return (
    <li class="issue-row">
      <p class="issue-row-count">
        <strong>{say(found.count === 1 ? "logs.issues.row" : "logs.issues.rows", count)}</strong>{" "}
        <span class="quiet">{say(`logs.issues.${rule.action}`)}</span>
      </p>
      <div class="issue-row-text">
        <h3>{local(rule.what)}</h3>
        <p class="quiet">{local(rule.remedy)}</p>
        <details class="log-fold">
          <summary>{say("logs.issues.examples")}</summary>
          <Examples found={found} forms={forms} name={local(rule.what)} />
          <p class="log-tools">
            <a class="button" href={logLink(log.study, log.id, `issues/${rule.id}.csv`)} download>
              {say("logs.issues.where")}
            </a>
            {rule.optional && log.has_file && (
              <a class="button plain" href={withQuery({ part: "import", off: rule.id }).href}>
                {say("logs.issues.switch_off")}
              </a>
            )}
            <code class="quiet">{rule.id}</code>
          </p>
        </details>
      </div>
    </li>
  );
}

function Examples({ found, forms, name }: { found: Found; forms: LogForms; name: string }) {
  const { say, local, numbers } = useTexts();
  const more = found.kinds - found.examples.length;
  return (
    <>
      <div class="log-table" tabIndex={0} role="region" aria-label={name}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say("logs.issues.file")}</th>
              <th scope="col" class="figures">
                {say("logs.issues.line")}
              </th>
              <th scope="col">{say("logs.issues.field")}</th>
              <th scope="col">{say("logs.issues.value")}</th>
              <th scope="col" class="figures">
                {say("logs.issues.count")}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.examples.map((one, number) => (
              <tr key={number}>
                <td>{one.file}</td>
                <td class="figures">{one.row}</td>
                <td>{local(forms.fields[one.field]) || one.field}</td>
                <td>{one.value}</td>
                <td class="figures">{numbers.whole(one.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p class="quiet">{say("logs.issues.more", { count: numbers.whole(more) })}</p>}
    </>
  );
}

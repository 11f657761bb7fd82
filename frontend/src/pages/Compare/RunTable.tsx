// What the newest run found that alternatives ask of units and do for patients: hours, kilometres, deliveries, survivors.
import { useEffect } from "preact/hooks";
import { runsClient } from "../../api/runs.ts";
import { Depth } from "../../components/Section/Heading.tsx";
import { Section } from "../../components/Section/Section.tsx";
import { useTexts } from "../../components/texts.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../components/useAsked.ts";
import { compared, TODAY } from "../../state/drafts.ts";
import { finishedRuns, watchJobs } from "../../state/jobs.ts";
import { language } from "../../state/language.ts";
import { moment } from "../../state/moments.ts";
import { shown } from "../../state/remote.ts";
import { study } from "../../state/study.ts";
import { NoRun } from "../Report/NoRun.tsx";

export function RunTable() {
  const { say } = useTexts();
  useEffect(watchJobs, []);
  const run = finishedRuns.value[0];
  const when = run && moment(run.asked_s);
  return (
    <Depth.Provider value={2}>
      <Section
        title={say("panel.compare.run")}
        lead={when === undefined ? say("panel.compare.run_none") : say("panel.compare.run_lead", { when })}
      >
        {run ? <Rows run={run.id} isStale={run.fingerprint !== study.value?.fingerprint} /> : <NoRun />}
      </Section>
    </Depth.Provider>
  );
}

function Rows({ run, isStale }: { run: string; isStale: boolean }) {
  const { say, local } = useTexts();
  const lang = language.value;
  const { found, again } = useAsked(() => runsClient.consequences(run, lang), lang, run);
  const rows = shown(found)?.rows;
  if (found.state === "failed") return <Trouble problem={found.problem} onAgain={again} />;
  if (!rows) return <p class="quiet">{say("panel.report.loading")}</p>;
  if (rows.length === 0) return <p class="quiet">{say("panel.compare.run_nothing")}</p>;
  const columns = compared.value.filter(({ id }) => id !== TODAY);
  return (
    <>
      {isStale && <p role="status">{say("panel.compare.run_stale")}</p>}
      <div class="compare-scroll" tabIndex={0} role="region" aria-label={say("panel.compare.run")}>
        <table class="compare-table">
          <thead>
            <tr>
              <th scope="col">{say("panel.compare.measure")}</th>
              <th scope="col">{say("panel.today")}</th>
              {columns.map((one) => (
                <th key={one.id} scope="col">
                  {local(one.title) || one.id}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{row.today}</td>
                {columns.map(({ id }) => (
                  <td key={id}>{row.changes[id] ?? "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

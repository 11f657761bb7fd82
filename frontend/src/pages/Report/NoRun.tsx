// Where there is nothing to read yet: what to do about it.
import { useTexts } from "../../components/texts.ts";
import { jobs, loadJobs } from "../../state/jobs.ts";
import { linkTo } from "../../state/location.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";

export function NoRun() {
  const { say } = useTexts();
  if (jobs.value.state === "failed")
    return <Trouble problem={jobs.value.problem} onAgain={() => void loadJobs()} />;
  if (jobs.value.state !== "ready") return <p class="quiet">{say("panel.report.loading")}</p>;
  return (
    <div class="no-run">
      <p>{say("panel.report.none")}</p>
      <a class="button primary" href={linkTo("runs")}>
        {say("panel.runs.start")}
      </a>
    </div>
  );
}

// Runs of the whole study: begin one, watch it, stop it; what it made stays.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { asProblem } from "../../api/problem.ts";
import { runsClient, type Job } from "../../api/runs.ts";
import type { Problem } from "../../api/types.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { useTexts } from "../../components/texts.ts";
import { alternatives } from "../../state/drafts.ts";
import { jobs, loadJobs, putJob, runs, watchJobs } from "../../state/jobs.ts";
import { linkTo } from "../../state/location.ts";
import { isReader, mayChange } from "../../state/session.ts";
import { study } from "../../state/study.ts";
import { JobCard } from "./JobCard.tsx";
import "./Runs.css";

const problem = signal<Problem | null>(null);

/** Do what was asked for; what goes wrong is told. */
async function run(work: () => Promise<Job>): Promise<void> {
  problem.value = null;
  try {
    putJob(await work());
  } catch (error) {
    problem.value = asProblem(error);
  }
}

async function remove(id: string): Promise<void> {
  problem.value = null;
  try {
    await runsClient.remove(id);
    await loadJobs();
  } catch (error) {
    problem.value = asProblem(error);
  }
}

export default function Runs() {
  const { say } = useTexts();
  useEffect(watchJobs, []);
  const failure = problem.value ?? (jobs.value.state === "failed" ? jobs.value.problem : null);
  return (
    <main id="content" class="page runs">
      <h1>{say("panel.runs.title")}</h1>
      <p class="runs-lead">{say("panel.runs.lead")}</p>
      {mayChange.value && <Start />}
      {isReader.value && <p class="quiet">{say("panel.runs.reader")}</p>}
      {failure && <Trouble problem={failure} />}
      {jobs.value.state === "ready" && runs.value.length === 0 && (
        <p class="quiet">{say("panel.runs.none")}</p>
      )}
      <div class="runs-list" aria-live="polite">
        {runs.value.map((job) => (
          <JobCard
            key={job.id}
            job={job}
            reportLink={`${linkTo("report").split("?")[0] ?? ""}?run=${encodeURIComponent(job.id)}`}
            mayChange={mayChange.value}
            onCancel={() => void run(() => runsClient.cancel(job.id))}
            onAgain={() => void run(() => runsClient.again(job.id))}
            onRemove={() => void remove(job.id)}
          />
        ))}
      </div>
    </main>
  );
}

function Start() {
  const { say } = useTexts();
  const open = study.value;
  const [replications, setReplications] = useState<number | null>(null);
  if (!open) return null;
  return (
    <form
      class="runs-start"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => runsClient.start(open.id, { alternatives: [], replications }));
      }}
    >
      <label>
        <span>{say("panel.runs.replications")}</span>
        <input
          class="field"
          type="number"
          min={2}
          max={200}
          value={replications ?? open.replications}
          onInput={(event) => setReplications(event.currentTarget.valueAsNumber || null)}
        />
      </label>
      <button type="submit" class="button primary">
        {say("panel.runs.start")}
      </button>
      {alternatives.value.some((one) => one.changed) && <p class="quiet">{say("panel.runs.drafts")}</p>}
    </form>
  );
}

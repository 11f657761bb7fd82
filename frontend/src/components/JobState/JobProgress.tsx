// How far a job has come: the stage, a bar, and pieces of how many.
import { hasEnded, type Job } from "../../api/runs.ts";
import { useTexts } from "../texts.ts";
import "./JobState.css";

export function JobProgress({ job }: { job: Job }) {
  const { say, local, numbers } = useTexts();
  const { progress } = job;
  if (!progress || hasEnded(job)) return null;
  return (
    <label class="job-progress">
      <span>{local(progress.stage)}</span>
      <progress max={Math.max(1, progress.total)} value={progress.done} />
      <span class="quiet">
        {say("panel.runs.pieces", {
          done: numbers.whole(progress.done),
          total: numbers.whole(progress.total),
        })}
      </span>
    </label>
  );
}

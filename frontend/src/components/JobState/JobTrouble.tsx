// Why a job failed, in the language of the page.
import type { Job } from "../../api/runs.ts";
import { language } from "../../state/language.ts";
import { Trouble } from "../Trouble/Trouble.tsx";

export function JobTrouble({ job }: { job: Job }) {
  if (!job.problem) return null;
  return <Trouble problem={job.problem_in[language.value] ?? job.problem} />;
}

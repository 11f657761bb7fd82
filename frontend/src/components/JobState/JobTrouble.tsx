// Why a job failed or was broken off, in the language of the page.
import type { Job } from "../../api/runs.ts";
import { language } from "../../state/language.ts";
import { useTexts } from "../texts.ts";
import { Trouble } from "../Trouble/Trouble.tsx";

export function JobTrouble({ job }: { job: Job }) {
  const { say } = useTexts();
  if (job.state === "interrupted") return <p class="job-broken-off">{say("server.interrupted")}</p>;
  if (!job.problem) return null;
  return <Trouble problem={job.problem_in[language.value] ?? job.problem} />;
}

// Planned tasks: how many a day standby time can carry without worse response to acute incidents.
import { analysesClient, type Capacity } from "../../api/analyses.ts";
import type { Job } from "../../api/runs.ts";
import { Section } from "../../components/Section/Section.tsx";
import { useTexts } from "../../components/texts.ts";
import { useAsked } from "../../components/useAsked.ts";
import { COUNT } from "../../numbers/forms.ts";
import { shown } from "../../state/remote.ts";
import { study } from "../../state/study.ts";
import { AnalysisPage } from "../Analysis/AnalysisPage.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { CarriedTable } from "./CarriedTable.tsx";
import { TaskForm } from "./TaskForm.tsx";

export default function PlannedTasks() {
  const { say, numbers } = useTexts();
  const id = study.value?.id ?? "";
  const { found } = useAsked(() => analysesClient.taskOptions(id), `${id} ${study.value?.fingerprint ?? ""}`);
  const analyses = useAnalyses("tasks", analysesClient.capacity);
  const nameOf = (job: Job) => {
    const most = Number(job.summary?.["most"] ?? 0);
    const task = job.options["task"] as string;
    if (job.state !== "done") return task;
    return say(most > 0 ? "tasks.most" : "tasks.most_none", { task, most: numbers.plain(most, COUNT) });
  };
  return (
    <AnalysisPage
      title={say("tasks.title")}
      lead={say("tasks.lead")}
      analyses={analyses}
      nameOf={nameOf}
      form={
        <TaskForm
          options={shown(found)}
          busy={analyses.isBusy}
          onAsk={(question) => void analyses.ask((study) => analysesClient.carryTasks(study, question))}
        />
      }
    >
      {(answer, job) => <Answer key={job.id} answer={answer} />}
    </AnalysisPage>
  );
}

function Answer({ answer }: { answer: Capacity }) {
  const { say, local } = useTexts();
  return (
    <>
      <p class="analysis-finding">{local(answer.finding)}</p>
      <p class="quiet">{local(answer.generated)}</p>
      <Section title={say("tasks.change")} lead={say("tasks.change_lead")}>
        <CarriedTable answer={answer} />
      </Section>
    </>
  );
}

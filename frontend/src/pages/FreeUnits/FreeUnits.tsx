// Where free units go: rules beside one another, what they gain and what they ask of crews.
import { analysesClient, type Policies } from "../../api/analyses.ts";
import type { Job } from "../../api/runs.ts";
import { Section } from "../../components/Section/Section.tsx";
import { useTexts } from "../../components/texts.ts";
import { useAsked } from "../../components/useAsked.ts";
import { shown } from "../../state/remote.ts";
import { study } from "../../state/study.ts";
import { useAskable } from "../Analysis/AlternativeField.tsx";
import { AnalysisPage } from "../Analysis/AnalysisPage.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { PolicyForm } from "./PolicyForm.tsx";
import { CrewTable, GainTable } from "./tables.tsx";

const TODAY = "today";

export default function FreeUnits() {
  const { say, numbers } = useTexts();
  const id = study.value?.id ?? "";
  const { found } = useAsked(
    () => analysesClient.policyOptions(id),
    `${id} ${study.value?.fingerprint ?? ""}`,
  );
  const analyses = useAnalyses("policies", analysesClient.policies);
  const askable = useAskable();
  const nameOf = (job: Job) => {
    const asked = (job.options["alternative"] as string | null) ?? TODAY;
    const name = askable.find(([one]) => one === asked)?.[1] ?? asked;
    const rules = (job.options["rules"] as readonly string[] | undefined) ?? [];
    return `${name} · ${say("policies.count", { count: numbers.whole(rules.length) })}`;
  };
  return (
    <AnalysisPage
      title={say("policies.title")}
      lead={say("policies.lead")}
      analyses={analyses}
      nameOf={nameOf}
      form={
        <PolicyForm
          options={shown(found)}
          busy={analyses.isBusy}
          onAsk={(question) => void analyses.ask((study) => analysesClient.comparePolicies(study, question))}
        />
      }
    >
      {(answer, job) => <Answer key={job.id} answer={answer} />}
    </AnalysisPage>
  );
}

function Answer({ answer }: { answer: Policies }) {
  const { say, local } = useTexts();
  return (
    <>
      <p class="analysis-finding">{local(answer.finding)}</p>
      <p class="quiet">{local(answer.generated)}</p>
      <Section title={say("policies.gain")}>
        <GainTable answer={answer} />
      </Section>
      <Section title={say("policies.crews")} lead={say("policies.crews_lead")}>
        <CrewTable answer={answer} />
      </Section>
    </>
  );
}

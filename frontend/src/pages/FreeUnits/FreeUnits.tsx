// Where free units go: rules beside one another, what they gain and what they ask of crews.
import { useState } from "preact/hooks";
import {
  analysesClient,
  type Policies,
  type PolicyOptions,
  type PolicyQuestion,
} from "../../api/analyses.ts";
import type { Job } from "../../api/runs.ts";
import { Section } from "../../components/Section/Section.tsx";
import { useTexts } from "../../components/texts.ts";
import { useAsked } from "../../components/useAsked.ts";
import { shown } from "../../state/remote.ts";
import { study } from "../../state/study.ts";
import { AlternativeField, useAskable } from "../Analysis/AlternativeField.tsx";
import { AnalysisPage } from "../Analysis/AnalysisPage.tsx";
import { AskForm } from "../Analysis/AskForm.tsx";
import { NumberField, TicksField } from "../Analysis/fields.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { CrewTable, GainTable } from "./tables.tsx";

const TODAY = "today";
/** Chosen at first: what is driven least, what there is, and what moves units most. */
const AT_FIRST = ["home", "standby", "dmexclp"] as const;

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

interface FormProps {
  readonly options: PolicyOptions | undefined;
  readonly busy: boolean;
  readonly onAsk: (question: PolicyQuestion) => void;
}

function PolicyForm({ options, busy, onAsk }: FormProps) {
  const { say, local } = useTexts();
  const [asked, setAsked] = useState(TODAY);
  const [ticked, setTicked] = useState<readonly string[]>(AT_FIRST);
  const [replications, setReplications] = useState<number | null>(4);
  const rules = options?.alternatives.find((one) => one.alternative === asked)?.rules ?? [];
  const chosen = ticked.filter((one) => rules.some(({ rule }) => rule === one));
  return (
    <AskForm
      title={say("policies.title")}
      busy={busy || chosen.length < 2}
      onAsk={() => onAsk({ alternative: asked, rules: chosen, replications: replications ?? 4 })}
    >
      <AlternativeField value={asked} onChange={setAsked} />
      <TicksField
        label={say("policies.rules")}
        help={say("policies.rules_help")}
        options={rules.map(({ rule, name }) => [rule, local(name)])}
        chosen={chosen}
        onChange={setTicked}
      />
      <NumberField
        label={say("policies.replications")}
        help={say("policies.replications_help")}
        min={2}
        max={50}
        step={1}
        value={replications}
        onChange={setReplications}
      />
    </AskForm>
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

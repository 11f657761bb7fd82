// A major incident: what arrives by when and from whom, where patients are taken, what is left for the rest, played on the map.
import { useSignal } from "@preact/signals";
import { analysesClient, type Major as Answered } from "../../api/analyses.ts";
import type { Job } from "../../api/runs.ts";
import type { Texts } from "../../api/types.ts";
import { Section } from "../../components/Section/Section.tsx";
import { useTexts } from "../../components/texts.ts";
import { useAsked } from "../../components/useAsked.ts";
import { query, setQuery } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import { study } from "../../state/study.ts";
import { AnalysisPage } from "../Analysis/AnalysisPage.tsx";
import { ChoiceField } from "../Analysis/fields.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { ArrivalChart, PatientCharts, RestChart } from "./charts.tsx";
import { MajorForm } from "./MajorForm.tsx";
import { MeasureTable } from "./MeasureTable.tsx";
import { Played } from "./Played.tsx";
import { NeededTable, SourceTable, TransportTable } from "./tables.tsx";
import "./Major.css";

const EXTRA = ["of", "minute"] as const;

export default function Major() {
  const { say, local, numbers } = useTexts();
  const id = study.value?.id ?? "";
  const { found } = useAsked(
    () => analysesClient.majorOptions(id),
    `${id} ${study.value?.fingerprint ?? ""}`,
  );
  const analyses = useAnalyses("major", analysesClient.major, EXTRA);
  const nameOf = (job: Job) => {
    const { place, when, patients } = job.summary ?? {};
    if (!place) return say("major.title");
    const hurt = say("major.patients_count", { count: numbers.whole(Number(patients)) });
    return [local(place), local(when as Texts), hurt].join(" · ");
  };
  return (
    <AnalysisPage
      title={say("major.title")}
      lead={say("major.lead")}
      analyses={analyses}
      nameOf={nameOf}
      extra={EXTRA}
      form={
        <MajorForm
          options={shown(found)}
          busy={analyses.isBusy}
          onAsk={(question) => void analyses.ask((study) => analysesClient.answerMajor(study, question))}
        />
      }
    >
      {(answer, job) => <Answer key={job.id} answer={answer} id={job.id} />}
    </AnalysisPage>
  );
}

function Answer({ answer, id }: { answer: Answered; id: string }) {
  const { say, local, numbers } = useTexts();
  const minute = useSignal(Number(query("minute") ?? 0) || 0);
  const [first] = answer.answers;
  const chosen = answer.answers.find((one) => one.alternative === query("of")) ?? first;
  if (!chosen) return null;
  const [finding, ...others] = answer.findings;
  return (
    <>
      <p class="analysis-finding">{local(finding)}</p>
      {others.map((one, index) => (
        <p key={index}>{local(one)}</p>
      ))}
      {answer.without_room > 0 && (
        <p class="major-without" role="note">
          {say("major.without_room", { count: numbers.whole(answer.without_room) })}
        </p>
      )}
      <p class="quiet">{local(answer.generated)}</p>
      {answer.answers.length > 1 && (
        <div class="major-choice">
          <ChoiceField
            label={say("major.looked_at")}
            value={chosen.alternative}
            options={answer.answers.map((one) => [one.alternative, local(one.name)])}
            onChange={(of) => setQuery({ of })}
          />
        </div>
      )}
      <Section
        title={`${say("major.played")}: ${local(chosen.name)}`}
        lead={say("major.played_lead", {
          number: numbers.whole(answer.played + 1),
          samples: numbers.whole(answer.samples),
        })}
      >
        <Played answer={answer} chosen={chosen} id={id} minute={minute} />
      </Section>
      <Section title={say("major.arrivals")} lead={say("major.arrivals_lead")}>
        <ArrivalChart answer={answer} minute={minute} />
        <MeasureTable answer={answer} />
        <NeededTable answer={answer} />
      </Section>
      <Section title={say("major.patients")}>
        <PatientCharts answer={answer} minute={minute} />
        <TransportTable answer={answer} chosen={chosen} />
      </Section>
      <Section title={say("major.rest")} lead={say("major.rest_lead")}>
        <RestChart answer={answer} minute={minute} />
      </Section>
      <Section title={`${say("major.sources")}: ${local(chosen.name)}`}>
        <SourceTable chosen={chosen} samples={answer.samples} />
      </Section>
      <Section title={say("major.assumed")}>
        <ul class="major-assumed">
          {answer.assumed.map((one, index) => (
            <li key={index}>{local(one)}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}

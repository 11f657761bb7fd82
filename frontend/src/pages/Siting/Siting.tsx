// Siting: a published model asked for the best sites, its answers on the map, and an alternative made of any of them.
import { analysesClient, type Looked, type Siting as SitingAnswer } from "../../api/analyses.ts";
import type { Job } from "../../api/runs.ts";
import { Section } from "../../components/Section/Section.tsx";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { useTexts } from "../../components/texts.ts";
import { useAsked } from "../../components/useAsked.ts";
import { KM, type Form } from "../../numbers/forms.ts";
import { query, setQuery } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import { AnalysisPage } from "../Analysis/AnalysisPage.tsx";
import { PlanButton } from "../Analysis/PlanButton.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { AnswerTable } from "./AnswerTable.tsx";
import { SiteForm } from "./SiteForm.tsx";
import { SiteMap } from "./SiteMap.tsx";
import { SiteTable } from "./SiteTable.tsx";
import { TradeOffChart } from "./TradeOffChart.tsx";

/** As the edits are made: farther away a station is closed and another opened. */
const MOVES_WITHIN_KM = 10;
const EXTRA = ["answer", "point"] as const;

export default function Siting() {
  const { say, local, numbers } = useTexts();
  const { found: models, again } = useAsked(analysesClient.models, "");
  const list = shown(models);
  const analyses = useAnalyses("site", analysesClient.siting, EXTRA);
  const nameOf = (job: Job) => {
    const model = list?.models.find((one) => one.id === job.options["model"]);
    const summary = job.summary ?? {};
    const form = summary["form"] as Form | undefined;
    const value = summary["value"];
    const worth = form && typeof value === "number" ? ` · ${numbers.text(value, form)}` : "";
    const asked = job.options["stations"] ?? job.options["units"];
    const number = typeof asked === "number" ? `, ${numbers.whole(asked)}` : "";
    return `${local(model?.name).replace(/ \(.*\)$/, "") || (model?.id ?? "")}${number}${worth}`;
  };
  return (
    <AnalysisPage
      title={say("siting.title")}
      lead={say("siting.lead")}
      analyses={analyses}
      nameOf={nameOf}
      extra={EXTRA}
      form={
        list ? (
          <SiteForm
            list={list}
            busy={analyses.isBusy}
            onAsk={(question) => void analyses.ask((study) => analysesClient.site(study, question))}
          />
        ) : models.state === "failed" ? (
          <Trouble problem={models.problem} onAgain={again} />
        ) : (
          <p class="quiet">{say("analysis.loading")}</p>
        )
      }
    >
      {(answer, job) => <Answer key={job.id} answer={answer} id={job.id} />}
    </AnalysisPage>
  );
}

/** The answer or point that the address names; the best answer unless it names one that there is. */
function lookedAt(answer: SitingAnswer): Looked {
  const number = (name: string) => Math.trunc(Number(query(name) ?? 0));
  if (answer.trade_off && answer.trade_off.points[number("point") - 1]) return { point: number("point") };
  return { answer: answer.answers[number("answer") - 1] ? number("answer") : 1 };
}

function Answer({ answer, id }: { answer: SitingAnswer; id: string }) {
  const { say, local, numbers } = useTexts();
  const looked = lookedAt(answer);
  const { found: cover } = useAsked(
    () => analysesClient.cover(id, looked),
    `${id} ${JSON.stringify(looked)}`,
  );
  const covered = shown(cover);
  const isPoint = "point" in looked;
  const number = isPoint ? looked.point : looked.answer;
  const one = isPoint ? answer.trade_off?.points[number - 1] : answer.answers[number - 1];
  const heading = say(isPoint ? "siting.point_on_map" : "siting.on_map", { rank: number });
  const model = (language: "nb" | "nn" | "en") =>
    (answer.model_name[language] ?? answer.model).replace(/ \(.*\)$/, "");
  const titled = say(isPoint ? "siting.alternative_point" : "siting.alternative_title", {
    model: local({ nb: model("nb"), nn: model("nn"), en: model("en") }),
    rank: number,
  });
  return (
    <>
      <p class="analysis-finding">{local(answer.finding)}</p>
      <p>
        {local(answer.proof)} <span class="quiet">{local(answer.generated)}</span>
      </p>
      <Section title={heading}>
        <p class="unseen" aria-live="polite">
          {heading}
        </p>
        {cover.state === "failed" && <Trouble problem={cover.problem} />}
        {covered && <SiteMap sites={answer.sites} cover={covered} />}
        {one && (
          <PlanButton
            plan={one.plan}
            about={answer.alternative}
            title={{ nb: titled, nn: titled, en: titled }}
            help={say("siting.how_edits", { km: numbers.text(MOVES_WITHIN_KM, KM) })}
          />
        )}
      </Section>
      <Section title={say("siting.answers")} lead={say("siting.answers_lead")}>
        {answer.several && <p>{local(answer.several)}</p>}
        <AnswerTable
          siting={answer}
          chosen={isPoint ? null : number}
          onChoose={(rank) => setQuery({ answer: String(rank), point: null })}
        />
      </Section>
      {answer.trade_off && (
        <Section title={say("siting.trade_off")} lead={say("siting.trade_lead")}>
          <TradeOffChart
            traded={answer.trade_off}
            chosen={isPoint ? number : null}
            onChoose={(point) => setQuery({ point: String(point), answer: null })}
          />
        </Section>
      )}
      {covered && (
        <Section title={say("siting.sites")}>
          <SiteTable sites={answer.sites} cover={covered} />
        </Section>
      )}
      {answer.measures.length > 0 && (
        <Section title={say("siting.measures")}>
          <Measures answer={answer} />
        </Section>
      )}
    </>
  );
}

function Measures({ answer }: { answer: SitingAnswer }) {
  const { local, numbers } = useTexts();
  return (
    <dl class="analysis-facts">
      {answer.measures.map((one) => (
        <div key={local(one.name)}>
          <dt>{local(one.name)}</dt>
          <dd>{numbers.text(one.value, one.form as Form)}</dd>
        </div>
      ))}
    </dl>
  );
}

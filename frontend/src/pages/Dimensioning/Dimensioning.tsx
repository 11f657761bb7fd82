// Dimensioning in SINTEF's manner: the fewest units per station by part of the day, verified by simulation.
import { analysesClient, type Dimensioning as Dimensioned, type Scenario } from "../../api/analyses.ts";
import type { Job } from "../../api/runs.ts";
import { Section } from "../../components/Section/Section.tsx";
import { useTexts } from "../../components/texts.ts";
import { FTE, PERCENT, UNITS } from "../../numbers/forms.ts";
import { findAlternative } from "../../state/drafts.ts";
import { query, setQuery } from "../../state/location.ts";
import { AnalysisPage } from "../Analysis/AnalysisPage.tsx";
import { PlanButton } from "../Analysis/PlanButton.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { DimensionForm } from "./DimensionForm.tsx";
import { FleetTable } from "./FleetTable.tsx";
import { Prices, Proposals } from "./Prices.tsx";

const EXTRA = ["scenario"] as const;
const keyOf = ({ alternative, borders, without }: Scenario) => [alternative, borders, without].join("/");

export default function Dimensioning() {
  const { say, local } = useTexts();
  const analyses = useAnalyses("dimension", analysesClient.dimensioning, EXTRA);
  const nameOf = (job: Job) => {
    const ids = (job.options["alternatives"] as readonly string[] | undefined) ?? [];
    const names = ids.map((id) => local(findAlternative(id)?.title) || id);
    return names.length > 0 ? names.join(", ") : say("dimension.all_alternatives");
  };
  return (
    <AnalysisPage
      title={say("dimension.title")}
      lead={say("dimension.lead")}
      label={say("dimension.reconstruction")}
      analyses={analyses}
      nameOf={nameOf}
      extra={EXTRA}
      form={
        <DimensionForm
          busy={analyses.isBusy}
          onAsk={(question) => void analyses.ask((study) => analysesClient.dimension(study, question))}
        />
      }
    >
      {(answer, job) => <Answer key={job.id} answer={answer} />}
    </AnalysisPage>
  );
}

function Answer({ answer }: { answer: Dimensioned }) {
  const { say, local } = useTexts();
  const scenario = answer.scenarios.find((one) => keyOf(one) === query("scenario")) ?? answer.scenarios[0];
  return (
    <>
      {answer.findings.map((one, index) => (
        <p key={index} class={index === 0 ? "analysis-finding" : ""}>
          {local(one)}
        </p>
      ))}
      <p>
        {say("dimension.rule")}: {local(answer.rule)}. <span class="quiet">{local(answer.note)}</span>
      </p>
      {answer.stopped && <p role="status">{say("dimension.stopped")}</p>}
      <Section title={say("dimension.totals")} lead={say("dimension.proved_lead")}>
        <Totals answer={answer} chosen={scenario ? keyOf(scenario) : ""} />
      </Section>
      {scenario && (
        <Section
          title={`${say("dimension.table")}: ${local(scenario.name)}`}
          lead={say("dimension.table_lead")}
        >
          <FleetTable answer={answer} scenario={scenario} />
          <PlanButton
            plan={scenario.plan}
            about={scenario.alternative}
            title={titleOf(scenario, (name) => say("dimension.alternative_title", { name }))}
          />
        </Section>
      )}
      {answer.prices.length > 0 && (
        <Section title={say("dimension.prices")} lead={say("dimension.prices_lead")}>
          <Prices prices={answer.prices} />
        </Section>
      )}
      {answer.proposals.length > 0 && (
        <Section title={say("dimension.proposals")}>
          <Proposals rows={answer.proposals} />
        </Section>
      )}
    </>
  );
}

const titleOf = (scenario: Scenario, titled: (name: string) => string) =>
  Object.fromEntries(Object.entries(scenario.name).map(([language, name]) => [language, titled(name)]));

function Totals({ answer, chosen }: { answer: Dimensioned; chosen: string }) {
  const { say, local, numbers } = useTexts();
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{say("dimension.scenario")}</th>
            <th class="is-number">{say("dimension.units")}</th>
            <th class="is-number">{say("dimension.own")}</th>
            <th class="is-number">{say("dimension.fte")}</th>
            <th class="is-number">{say("dimension.nearest")}</th>
            <th class="is-number">{say("dimension.target")}</th>
            <th>{say("siting.proof")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.scenarios.map((one) => (
            <tr key={keyOf(one)} class={keyOf(one) === chosen ? "is-chosen" : ""}>
              <td>
                <button
                  type="button"
                  class="button"
                  aria-pressed={keyOf(one) === chosen}
                  onClick={() => setQuery({ scenario: keyOf(one) })}
                >
                  {local(one.name)}
                </button>
              </td>
              <td class="is-number">{numbers.plain(one.units, UNITS)}</td>
              <td class="is-number">{numbers.plain(one.own_units, UNITS)}</td>
              <td class="is-number">
                {numbers.plain(one.fte, FTE)} <span class="quiet">({numbers.plain(one.own_fte, FTE)})</span>
              </td>
              <td class="is-number">
                {numbers.text(one.nearest_share, PERCENT)}{" "}
                <span class="quiet">({numbers.text(one.own_nearest_share, PERCENT)})</span>
              </td>
              <td class="is-number">
                {numbers.text(one.target_share, PERCENT)}{" "}
                <span class="quiet">({numbers.text(one.own_target_share, PERCENT)})</span>
              </td>
              <td>{one.proved ? `✓ ${say("analysis.proved")}` : say("analysis.unknown_gap")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{say("dimension.brackets")}</p>
    </div>
  );
}

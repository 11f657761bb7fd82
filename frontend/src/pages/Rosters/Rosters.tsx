// Rosters: the need of every hour beside hours on duty, shifts that meet it, and an alternative made of them.
import {
  analysesClient,
  type Rostering,
  type StationRoster,
  type StationRosters,
} from "../../api/analyses.ts";
import type { Job } from "../../api/runs.ts";
import { Section } from "../../components/Section/Section.tsx";
import { Heading } from "../../components/Section/Heading.tsx";
import { useTexts } from "../../components/texts.ts";
import { weekOf } from "../../components/WeekStrip/hours.ts";
import { WeekPicture } from "../../components/WeekStrip/WeekPicture.tsx";
import { FTE, PERCENT } from "../../numbers/forms.ts";
import { findAlternative, TODAY } from "../../state/drafts.ts";
import { query, setQuery } from "../../state/location.ts";
import { AnalysisPage } from "../Analysis/AnalysisPage.tsx";
import { PlanButton } from "../Analysis/PlanButton.tsx";
import { useAnalyses } from "../Analysis/useAnalyses.ts";
import { RosterForm } from "./RosterForm.tsx";
import { RulesTable } from "./RulesTable.tsx";
import { WeekChart } from "./WeekChart.tsx";
import "./Rosters.css";

const EXTRA = ["station", "roster"] as const;
const TITLE_LANGUAGES = ["nb", "nn", "en"] as const;
const sameInAll = (text: string) => Object.fromEntries(TITLE_LANGUAGES.map((one) => [one, text]));

export default function Rosters() {
  const { say, local } = useTexts();
  const analyses = useAnalyses("roster", analysesClient.rostering, EXTRA);
  const nameOf = (job: Job) => {
    const asked = job.options["alternative"];
    const alternative = typeof asked === "string" ? asked : TODAY;
    const stations = (job.options["stations"] as readonly string[] | undefined) ?? [];
    const name = local(findAlternative(alternative)?.title) || alternative;
    const need = job.options["need_of"] ? say("rosters.need_dimensioning") : "";
    return [name, stations.length > 0 ? stations.join(", ") : say("rosters.whole"), need]
      .filter(Boolean)
      .join(" · ");
  };
  return (
    <AnalysisPage
      title={say("rosters.title")}
      lead={say("rosters.lead")}
      analyses={analyses}
      nameOf={nameOf}
      extra={EXTRA}
      form={
        <RosterForm
          busy={analyses.isBusy}
          onAsk={(question) => void analyses.ask((study) => analysesClient.makeRosters(study, question))}
        />
      }
    >
      {(answer, job) => <Answer key={job.id} answer={answer} />}
    </AnalysisPage>
  );
}

function Answer({ answer }: { answer: Rostering }) {
  const { say, local, numbers } = useTexts();
  const station = answer.stations.find((one) => one.id === query("station")) ?? answer.stations[0];
  const whichName = (which: string) => say(`rosters.which_${which}`);
  return (
    <>
      <p class="analysis-finding">{local(answer.finding)}</p>
      <p class="quiet">{local(answer.generated)}</p>
      <Section title={say("rosters.whole")}>
        <Totals answer={answer} chosen={station?.id ?? ""} />
        {answer.plans.map((one) => (
          <PlanButton
            key={one.which}
            plan={one.plan}
            about={answer.alternative}
            label={`${say("analysis.make")}: ${whichName(one.which)}, ${numbers.text(one.fte, FTE)}`}
            title={sameInAll(say("rosters.alternative_title", { name: whichName(one.which).toLowerCase() }))}
          />
        ))}
      </Section>
      {station && <Station key={station.id} station={station} about={answer.alternative} />}
      <Section title={say("rosters.rules")} lead={say("rosters.rules_lead")}>
        <RulesTable rules={answer.rules} />
      </Section>
    </>
  );
}

function Totals({ answer, chosen }: { answer: Rostering; chosen: string }) {
  const { say, numbers } = useTexts();
  const share = (value: number | null) => (value === null ? "–" : numbers.text(value, PERCENT));
  const whole = (value: number | null) => (value === null ? "–" : numbers.whole(value));
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{say("dimension.station")}</th>
            <th>{say("rosters.roster")}</th>
            <th class="is-number">{say("rosters.fte")}</th>
            <th class="is-number">{say("rosters.blocked")}</th>
            <th class="is-number">{say("rosters.short")}</th>
            <th>{say("rosters.proof")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.stations.flatMap((station) =>
            station.rosters.map((one, index) => (
              <tr key={`${station.id} ${one.which}`} class={station.id === chosen ? "is-chosen" : ""}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={station.rosters.length}>
                    <button
                      type="button"
                      class="button"
                      aria-pressed={station.id === chosen}
                      onClick={() => setQuery({ station: station.id, roster: null })}
                    >
                      {station.name}
                    </button>
                  </th>
                )}
                <td>{say(`rosters.which_${one.which}`)}</td>
                <td class="is-number">{one.fte === null ? "–" : numbers.plain(one.fte, FTE)}</td>
                <td class="is-number">{share(one.blocked)}</td>
                <td class="is-number">{whole(one.short_h)}</td>
                <td>
                  {one.proved === null
                    ? ""
                    : one.proved
                      ? `✓ ${say("analysis.proved")}`
                      : say("analysis.not_proved", { gap: numbers.text(one.gap, PERCENT) })}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Station({ station, about }: { station: StationRosters; about: string }) {
  const { say, local } = useTexts();
  const shown = station.rosters.find((one) => one.which === query("roster")) ?? station.rosters.at(-1);
  const today = station.rosters.find((one) => one.which === "today");
  if (!shown) return null;
  return (
    <Section title={say("rosters.station_title", { station: station.name })} lead={local(station.finding)}>
      <div class="roster-choice" role="group" aria-label={say("rosters.roster")}>
        {station.rosters.map((one) => (
          <button
            key={one.which}
            type="button"
            aria-pressed={one.which === shown.which}
            onClick={() => setQuery({ roster: one.which })}
          >
            {say(`rosters.which_${one.which}`)}
          </button>
        ))}
      </div>
      <WeekChart
        station={station.name}
        need={station.need}
        onDuty={shown.on_duty}
        today={shown.which === "today" ? [] : (today?.on_duty ?? [])}
        name={say(`rosters.which_${shown.which}`)}
      />
      <Cars roster={shown} />
      {shown.plan && (
        <PlanButton
          plan={shown.plan}
          about={about}
          title={sameInAll(say("rosters.alternative_title", { name: station.name }))}
        />
      )}
    </Section>
  );
}

function Cars({ roster }: { roster: StationRoster }) {
  const { say, local } = useTexts();
  return (
    <>
      <Heading>{say("rosters.cars")}</Heading>
      <ul class="roster-cars">
        {roster.cars.map((one, index) => (
          <li key={index}>
            <p>{say("rosters.cars_of", { count: one.cars, shift: local(one.text) })}</p>
            <WeekPicture
              week={weekOf([{ weekdays: one.weekdays, start_s: one.start_s, end_s: one.end_s }])}
              label={say("rosters.strip", { shift: local(one.text) })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

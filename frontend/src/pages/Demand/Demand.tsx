// People and demand: who lives there, what they call for, later years, staff beside demand, and forecasts of logs.
import { useEffect } from "preact/hooks";
import type { Demand as Told } from "../../api/demand.ts";
import { useTexts } from "../../components/texts.ts";
import { watchJobs } from "../../state/jobs.ts";
import { linkTo, query, setQuery, withQuery } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import { TicksField } from "../Analysis/fields.tsx";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { Chapter } from "./Chapter.tsx";
import { DemandMap } from "./DemandMap.tsx";
import { Forecasts } from "./Forecasts.tsx";
import { useDemand, wantedYears } from "./useDemand.ts";
import "../Analysis/Analysis.css";
import "../Report/Report.css";
import "./Demand.css";

const PARTS = ["people", "calls", "growth", "staff", "forecast"] as const;
type Part = (typeof PARTS)[number];

export default function Demand() {
  const { say } = useTexts();
  useEffect(watchJobs, []);
  const asked = query("part");
  const part: Part = PARTS.find((one) => one === asked) ?? "people";
  return (
    <main id="content" class="page demand">
      <h1>{say("demand.title")}</h1>
      <nav class="topic-tabs" aria-label={say("demand.parts")}>
        {PARTS.map((one) => (
          <a
            key={one}
            href={withQuery({ part: one, show: null }).href}
            aria-current={one === part ? "page" : undefined}
          >
            {say(`demand.part_${one}`)}
          </a>
        ))}
      </nav>
      {part === "forecast" ? <Forecasts /> : <StudyPart part={part} />}
    </main>
  );
}

function StudyPart({ part }: { part: Exclude<Part, "forecast"> }) {
  const { say } = useTexts();
  const { found, again } = useDemand();
  const demand = shown(found);
  const chapter = demand?.chapters.find((one) => one.id === `demand-${part}`);
  const hasMap = part === "people" || part === "calls";
  if (found.state === "failed") return <Trouble problem={found.problem} onAgain={again} />;
  if (!demand) return <p class="quiet">{say("demand.loading")}</p>;
  return (
    <>
      {part === "growth" && demand.known.length > 0 && <Years demand={demand} />}
      {part === "staff" && <RunState demand={demand} />}
      {chapter && hasMap && (
        <div class="demand-mapped">
          <p class="analysis-finding">{chapter.finding}</p>
          <DemandMap key={part} usual={part === "people" ? "people" : "calls"} />
          <Chapter chapter={chapter} />
        </div>
      )}
      {chapter && !hasMap && <Chapter chapter={chapter} />}
    </>
  );
}

function Years({ demand }: { demand: Told }) {
  const { say } = useTexts();
  return (
    <div class="demand-years">
      <TicksField
        label={say("demand.years")}
        help={say("demand.years_help")}
        options={demand.known.map((year) => [String(year), String(year)] as const)}
        chosen={wantedYears().map(String)}
        onChange={(years) => setQuery({ to: years.length > 0 ? years.join(",") : null })}
      />
    </div>
  );
}

function RunState({ demand }: { demand: Told }) {
  const { say } = useTexts();
  if (demand.run === null)
    return (
      <p class="analysis-stale">
        {say("demand.no_run")} <a href={linkTo("runs")}>{say("panel.runs.start")}</a>
      </p>
    );
  return demand.is_run_stale ? (
    <p class="analysis-stale" role="status">
      {say("demand.stale_run")}
    </p>
  ) : null;
}

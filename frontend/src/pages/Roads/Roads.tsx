// The roads of a study: where they come from, how fast they are driven, what is wrong with them, and reach from any place.
import { useEffect, useState } from "preact/hooks";
import { asProblem } from "../../api/problem.ts";
import { askReach, askRoads, type Reach, type Roads as RoadsOf } from "../../api/roads.ts";
import { useTexts } from "../../components/texts.ts";
import { KM, PERCENT } from "../../numbers/forms.ts";
import { query, setQuery, studyId } from "../../state/location.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../../state/remote.ts";
import { study } from "../../state/study.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../components/useAsked.ts";
import { ReachForm } from "./ReachForm.tsx";
import { RoadMap } from "./RoadMap.tsx";
import { parsePlace, placeOf, writePlace } from "./speeds.ts";
import { FaultTable, ProjectTable, ReachTable, SpeedTable } from "./tables.tsx";
import "../Analysis/Analysis.css";
import "../Runs/Runs.css";
import "./Roads.css";

const TODAY = "today";
const USUAL = { drive: "A", hours: "day" };

export default function Roads() {
  const { say } = useTexts();
  const id = studyId.value ?? "";
  const { found, again } = useAsked(() => askRoads(id), `${id} ${study.value?.fingerprint ?? ""}`);
  const roads = shown(found);
  return (
    <main id="content" class="page roads">
      <h1>{say("roads.title")}</h1>
      <p class="roads-lead">{say("roads.lead")}</p>
      {found.state === "failed" && <Trouble problem={found.problem} onAgain={again} />}
      {!roads && found.state !== "failed" && <p class="quiet">{say("roads.loading")}</p>}
      {roads && <OfStudy id={id} roads={roads} />}
    </main>
  );
}

function OfStudy({ id, roads }: { id: string; roads: RoadsOf }) {
  const { say } = useTexts();
  const when = {
    purpose: placeOf(roads.purposes, query("drive") ?? USUAL.drive),
    period: placeOf(
      roads.periods.map((one) => one.id),
      query("hours") ?? USUAL.hours,
    ),
  };
  const chosen = {
    from: parsePlace(query("from") ?? ""),
    purpose: roads.purposes[when.purpose] ?? USUAL.drive,
    period: roads.periods[when.period]?.id ?? USUAL.hours,
    alternative: query("of") ?? TODAY,
  };
  const reach = useReach(id, roads, chosen);
  const fault = roads.faults.find((one) => one.reason === query("fault"));
  // What was found for another place, drive or hours is no answer to this question, not even for a moment.
  const answered = chosen.from && reach.state === "ready" ? reach.value : undefined;
  return (
    <>
      <p>{useFinding(roads)}</p>
      {roads.form !== "graph" && (
        <div class="roads-ground">
          <div class="roads-seen">
            <ReachForm {...chosen} roads={roads} onChange={setQuery} />
            <RoadMap
              {...{ roads, when, fault }}
              reach={answered}
              from={chosen.from}
              onPlace={(place) => setQuery({ from: writePlace(place) })}
            />
            {roads.form === "links" && <p class="quiet">{say("roads.straight")}</p>}
            <NotDrawn roads={roads} />
          </div>
          <div class="roads-figures">
            {!chosen.from && <p class="quiet">{say("roads.click")}</p>}
            {reach.state === "failed" && chosen.from && <Trouble problem={reach.problem} />}
            {chosen.from && reach.state === "loading" && (
              <p class="quiet" role="status">
                {say("shell.loading")}
              </p>
            )}
            {answered && <ReachTable reach={answered} />}
            <SpeedTable roads={roads} when={when} />
          </div>
        </div>
      )}
      <FaultTable roads={roads} chosen={fault?.reason} onChoose={(reason) => setQuery({ fault: reason })} />
      <ProjectTable roads={roads} />
    </>
  );
}

interface Asked {
  readonly from: { readonly lat: number; readonly lon: number } | null;
  readonly purpose: string;
  readonly period: string;
  readonly alternative: string;
}

/** Reach from the place of the address; a later question stops the one before. */
function useReach(id: string, roads: RoadsOf, { from, purpose, period, alternative }: Asked): Remote<Reach> {
  const [found, setFound] = useState<Remote<Reach>>(EMPTY);
  useEffect(() => {
    if (!from || roads.form === "graph") return undefined;
    const stop = new AbortController();
    setFound(loading);
    askReach(id, { from, purpose, period, alternative }, stop.signal).then(
      (value) => setFound(ready(value)),
      (error: unknown) => {
        if (!stop.signal.aborted) setFound((before) => failed(asProblem(error), before));
      },
    );
    return () => stop.abort();
  }, [id, roads.fingerprint, from?.lat, from?.lon, purpose, period, alternative]);
  return found;
}

/** The roads in one sentence, and for those of a map where their limits are from. */
function useFinding(roads: RoadsOf): string {
  const { say, numbers } = useTexts();
  const { source } = roads;
  if (source) {
    const first = say("roads.finding_map", {
      km: numbers.text(source.km, KM),
      file: source.file,
      licence: source.licence,
      used: numbers.whole(source.segments_used),
      read: numbers.whole(source.segments_read),
      left: numbers.whole(source.segments_left_out),
    });
    const second = say("roads.limits_guessed", {
      share: numbers.text(source.share_of_limits_guessed, PERCENT),
      country: source.country,
      profile: source.profile,
    });
    return `${first} ${second}`;
  }
  if (roads.form === "graph") return say("roads.finding_graph");
  return say("roads.finding_links", {
    count: numbers.whole(roads.lines.features.length),
    km: numbers.text(roads.speeds[0]?.km ?? 0, KM),
  });
}

function NotDrawn({ roads }: { roads: RoadsOf }) {
  const { say, numbers } = useTexts();
  if (roads.km_not_drawn < 1) return null;
  return <p class="quiet">{say("roads.not_drawn", { km: numbers.text(roads.km_not_drawn, KM) })}</p>;
}

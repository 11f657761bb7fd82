// The duty officer's page: incidents to the left, the map in the middle, moves and free units to the right. Nothing moves without
// cause: what is told changes when the picture does, and ages by the minute.
import { useEffect } from "preact/hooks";
import { computed } from "@preact/signals";
import { LogIn } from "../app/LogIn/LogIn.tsx";
import { say, t } from "../state/language.ts";
import { shown } from "../state/remote.ts";
import { isReader } from "../state/session.ts";
import { dark } from "../state/theme.ts";
import { MoveList } from "./Advice/MoveList.tsx";
import { FreeUnits } from "./FreeUnits/FreeUnits.tsx";
import { IncidentList } from "./Incidents/IncidentList.tsx";
import { LiveMap } from "./LiveMap/LiveMap.tsx";
import { Readiness } from "./LiveMap/Readiness.tsx";
import { adviceOn, adviceProblem, askAgain, moveAdvice, writeDown } from "./state/advice.ts";
import { ground } from "./state/ground.ts";
import { picture } from "./state/picture.ts";
import { horizon, readiness, urgency } from "./state/readiness.ts";
import { MOVES } from "./api/types.ts";
import { TopLine } from "./TopLine/TopLine.tsx";
import { centreRows, roundedTo } from "./units.ts";
import "./LivePage.css";

const centres = computed(() =>
  ground.value && picture.value ? centreRows(ground.value, picture.value.units) : [],
);

const hasRounded = computed(() =>
  [...(picture.value?.units.values() ?? [])].some((unit) => roundedTo(unit) !== undefined),
);

/** What the server says when it cannot answer; in the words of the page where it did not. */
const said = (detail: string) => t(detail);

function Moves() {
  const given = moveAdvice.value;
  const stations = ground.value?.stations ?? [];
  const problem = adviceProblem.value;
  return (
    <section class="live-moves" aria-labelledby="moves-head">
      <h2 id="moves-head">{t("live.moves")}</h2>
      {!adviceOn.value && <p class="quiet">{t("live.advice_is_off")}</p>}
      {adviceOn.value && problem && <p role="status">{said(problem.detail)}</p>}
      {adviceOn.value && given && (
        <MoveList
          given={given}
          stationName={(id) => stations.find((one) => one.id === id)?.name ?? id}
          onDone={(done) => void writeDown(given, done)}
          onAgain={() => askAgain(MOVES)}
        />
      )}
    </section>
  );
}

function ReadinessLine() {
  const remote = readiness.value;
  const found = shown(remote);
  const missing =
    remote.state === "failed" ? said(remote.problem.detail) : found ? undefined : t("live.connecting");
  return (
    <Readiness
      horizons={found?.horizons ?? []}
      missing={missing}
      minutes={horizon.value}
      urgency={urgency.value}
      dark={dark.value}
      rounded={hasRounded.value}
      onMinutes={(minutes) => (horizon.value = minutes)}
      onUrgency={(one) => (urgency.value = one)}
    />
  );
}

export function LivePage() {
  const title = say(ground.value?.title);
  useEffect(() => {
    document.title = title ? `${title} – Beredt live` : "Beredt live";
  }, [title]);
  return (
    <div class="live">
      <a class="skip" href="#incidents-head">
        {t("shell.skip")}
      </a>
      <TopLine />
      <LogIn />
      {isReader.value && (
        <p class="live-notice" role="status">
          {t("live.for_analysts")}
        </p>
      )}
      <main class="live-main">
        <div class="live-left" tabIndex={-1}>
          <IncidentList />
        </div>
        <div class="live-middle">
          <div class="live-map">
            <LiveMap />
          </div>
          <ReadinessLine />
        </div>
        <div class="live-right">
          <Moves />
          <FreeUnits centres={centres.value} at_ms={picture.value?.at_ms ?? 0} />
        </div>
      </main>
    </div>
  );
}

// The map screen: alternatives and changes left, the map, the answer right, the status below. Under 800 px the map with a
// sheet over it.
import { AlternativeList } from "../../components/AlternativeList/AlternativeList.tsx";
import { AnswerPanel } from "../../components/AnswerPanel/AnswerPanel.tsx";
import { ChangeList } from "../../components/ChangeList/ChangeList.tsx";
import { StatusLine } from "../../components/StatusLine/StatusLine.tsx";
import { lazy } from "../lazy.ts";
import { say, t } from "../../state/language.ts";
import { study } from "../../state/study.ts";
import { compared } from "../../state/drafts.ts";
import { isSeen } from "../../map/still/isSeen.ts";
import { StillMap } from "../../map/still/StillMap.tsx";
import { narrow } from "../narrow.ts";
import { Sheet } from "../Sheet/Sheet.tsx";
import "./Screen.css";

export const StudyMap = lazy(async () => (await import("../../map/StudyMap.tsx")).StudyMap);

function Left() {
  return (
    <>
      <AlternativeList />
      <ChangeList />
    </>
  );
}

/** For those who go from heading to heading: the bar above shows the same. */
function Heading() {
  return <h1 class="unseen">{say(study.value?.title)}</h1>;
}

/** The map as it is seen first, and the one that is worked on, which begins when the former is painted. */
function BothMaps() {
  return (
    <>
      <StillMap />
      {(isSeen.value || compared.value.length > 1) && <StudyMap />}
    </>
  );
}

export function Screen() {
  if (narrow.value)
    return (
      <div class="screen narrow">
        <main id="content" class="screen-map" aria-label={t("shell.map")}>
          <Heading />
          <BothMaps />
        </main>
        <Sheet left={<Left />} right={<AnswerPanel />} status={<StatusLine />} />
      </div>
    );
  return (
    <div class="screen">
      <aside class="screen-left" aria-label={t("shell.alternatives")}>
        <Left />
      </aside>
      <main id="content" class="screen-map" aria-label={t("shell.map")}>
        <Heading />
        <BothMaps />
      </main>
      <aside class="screen-right" aria-label={t("shell.answer")}>
        <AnswerPanel />
      </aside>
      <footer class="screen-status">
        <StatusLine />
      </footer>
    </div>
  );
}

// The map screen: alternatives and changes left, the map, the answer right, the status below. Under 800 px the map with a
// sheet over it.
import { lazy } from "../lazy.ts";
import { t } from "../../state/language.ts";
import { narrow } from "../narrow.ts";
import { Sheet } from "../Sheet/Sheet.tsx";
import { Left } from "./Left.tsx";
import { Right } from "./Right.tsx";
import { Status } from "./Status.tsx";
import "./Screen.css";

const StudyMap = lazy(async () => (await import("../../map/StudyMap.tsx")).StudyMap);

export function Screen() {
  if (narrow.value)
    return (
      <div class="screen narrow">
        <main id="content" class="screen-map" aria-label={t("shell.map")}>
          <StudyMap />
        </main>
        <Sheet left={<Left />} right={<Right />} status={<Status />} />
      </div>
    );
  return (
    <div class="screen">
      <aside class="screen-left" aria-label={t("shell.alternatives")}>
        <Left />
      </aside>
      <main id="content" class="screen-map" aria-label={t("shell.map")}>
        <StudyMap />
      </main>
      <aside class="screen-right" aria-label={t("shell.answer")}>
        <Right />
      </aside>
      <footer class="screen-status">
        <Status />
      </footer>
    </div>
  );
}

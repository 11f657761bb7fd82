// The whole page: what is open decides what is shown.
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { pageId, studyId } from "../state/location.ts";
import { say, t } from "../state/language.ts";
import { study, studyRemote } from "../state/study.ts";
import { PAGES } from "../pages/index.ts";
import { Choose } from "./Choose.tsx";
import { Lazy } from "./Lazy.tsx";
import { LogIn } from "./LogIn/LogIn.tsx";
import { OlderCopy } from "./OlderCopy/OlderCopy.tsx";
import { Notice } from "./Notice/Notice.tsx";
import { Remarks } from "./Remarks/Remarks.tsx";
import { Screen } from "./Screen/Screen.tsx";
import { TopBar } from "./TopBar/TopBar.tsx";
import "./App.css";

function Inside() {
  if (studyId.value === undefined) return <Choose />;
  if (study.value === undefined)
    return <Notice remote={studyRemote.value} loading={t("shell.loading_study")} />;
  if (pageId.value === "map") return <Screen />;
  const page = PAGES.find((one) => one.id === pageId.value);
  return page ? <Lazy key={page.id} load={page.load} /> : <Notice text={t("shell.no_page")} />;
}

export function App() {
  useEffect(
    () =>
      effect(() => {
        const title = say(study.value?.title);
        document.title = title ? `${title} – Beredt Studio` : "Beredt Studio";
      }),
    [],
  );
  return (
    <div class="app">
      <a class="skip" href="#content">
        {t("shell.skip")}
      </a>
      <div>
        <TopBar />
        <LogIn />
        <OlderCopy />
        <Remarks />
      </div>
      <Inside />
    </div>
  );
}

// What is on the screen, for others: as a link, a picture, a table, map layers or the study itself. Drafts live in this browser:
// their edits go along in the link.
import { useState } from "preact/hooks";
import { Icon } from "../../components/Icon/Icon.tsx";
import { asProblem } from "../../api/problem.ts";
import { answer } from "../../state/answers.ts";
import { keepAnswer, keepPicture, keepStudy, keepTable, mapPicture } from "../../state/exports.ts";
import { t } from "../../state/language.ts";
import { sharedLink } from "../../state/sharing.ts";
import { study } from "../../state/study.ts";
import { closeMenus } from "./Pages.tsx";

/** Milliseconds that a word of what was done stands. */
const STANDS_MS = 4_000;

async function copyLink(): Promise<string> {
  try {
    await navigator.clipboard.writeText(sharedLink());
    return t("shell.copied");
  } catch {
    return t("shell.not_copied");
  }
}

interface Way {
  readonly name: string;
  readonly make: () => unknown;
  readonly possible: boolean;
}

function ways(): readonly Way[] {
  const isAnswered = answer.value !== undefined;
  return [
    { name: "picture", make: () => keepPicture("png"), possible: mapPicture.value !== undefined },
    { name: "drawing", make: () => keepPicture("svg"), possible: mapPicture.value !== undefined },
    { name: "table_comma", make: () => keepTable("comma"), possible: isAnswered },
    { name: "table_point", make: () => keepTable("point"), possible: isAnswered },
    { name: "workbook", make: () => keepAnswer("xlsx"), possible: isAnswered },
    { name: "layers", make: () => keepAnswer("gpkg"), possible: isAnswered },
    { name: "study", make: keepStudy, possible: study.value !== undefined },
  ];
}

export function ShareMenu() {
  const [said, setSaid] = useState("");
  const tell = (text: string) => {
    setSaid(text);
    setTimeout(() => setSaid(""), STANDS_MS);
  };
  const make = async ({ make: doIt }: Way) => {
    closeMenus();
    setSaid(t("export.making"));
    try {
      await doIt();
      tell(t("export.made"));
    } catch (error) {
      const { detail } = asProblem(error);
      tell(detail.startsWith("shell.") ? t(detail) : detail);
    }
  };
  return (
    <span class="topbar-share">
      <details class="topbar-menu" name="topbar">
        <summary title={t("shell.share_help")}>
          <Icon name="share" />
          <span class="topbar-word">{t("shell.share")}</span>
          <Icon name="down" />
        </summary>
        <ul>
          <li>
            <button
              type="button"
              onClick={() => {
                closeMenus();
                void copyLink().then(tell);
              }}
            >
              {t("export.link")} <span class="quiet">{t("export.link_help")}</span>
            </button>
          </li>
          {ways().map((one) => (
            <li key={one.name}>
              <button type="button" disabled={!one.possible} onClick={() => void make(one)}>
                {t(`export.${one.name}`)} <span class="quiet">{t(`export.${one.name}_help`)}</span>
              </button>
            </li>
          ))}
        </ul>
      </details>
      <output class={said ? "topbar-said" : "unseen"}>{said}</output>
    </span>
  );
}

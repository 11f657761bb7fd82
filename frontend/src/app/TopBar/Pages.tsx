// The pages of a study: those that are used most side by side, the analyses in a menu; on a narrow screen all in one menu.
import type { ComponentChildren } from "preact";
import { Icon } from "../../components/Icon/Icon.tsx";
import { PAGES, type Page } from "../../pages/index.ts";
import { t } from "../../state/language.ts";
import { linkTo, pageId, studyId } from "../../state/location.ts";
import { narrow } from "../narrow.ts";

type Entry = Pick<Page, "id" | "title">;

/** Fold away whatever menu of the bar is open. */
export function closeMenus(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[name=topbar][open]"))
    menu.open = false;
}

const MAP: Entry = { id: "map", title: "shell.map" };

function PageLink({ page }: { page: Entry }) {
  return (
    <a
      href={linkTo(page.id)}
      aria-current={pageId.value === page.id ? "page" : undefined}
      onClick={closeMenus}
    >
      {t(page.title)}
    </a>
  );
}

function Menu({ pages, children }: { pages: readonly Entry[]; children: ComponentChildren }) {
  const isHere = pages.some((page) => page.id === pageId.value);
  return (
    <details class="topbar-menu" name="topbar">
      <summary class={isHere ? "is-here" : ""}>{children}</summary>
      <ul>
        {pages.map((page) => (
          <li key={page.id}>
            <PageLink page={page} />
          </li>
        ))}
      </ul>
    </details>
  );
}

export function Pages() {
  if (studyId.value === undefined || PAGES.length === 0) return null;
  const analyses = PAGES.filter((page) => page.isAnalysis);
  const others = PAGES.filter((page) => !page.isAnalysis);
  const here = analyses.find((page) => page.id === pageId.value);
  const before = others.slice(0, 2);
  const after = others.slice(2);
  return (
    <nav class="topbar-pages" aria-label={t("shell.pages")}>
      {narrow.value ? (
        <Menu pages={[MAP, ...PAGES]}>
          <Icon name="menu" />
          <span class="unseen">{t("shell.pages")}</span>
        </Menu>
      ) : (
        <>
          {[MAP, ...before].map((page) => (
            <PageLink key={page.id} page={page} />
          ))}
          <Menu pages={analyses}>
            {t(here?.title ?? "panel.page.analyses")} <Icon name="down" />
          </Menu>
          {after.map((page) => (
            <PageLink key={page.id} page={page} />
          ))}
        </>
      )}
    </nav>
  );
}

// Study and year, pages, share link, language, light or dark, help.
import { useEffect } from "preact/hooks";
import { Icon } from "../../components/Icon/Icon.tsx";
import { LANGUAGE_NAMES, LANGUAGES, language, say, t } from "../../state/language.ts";
import { shown } from "../../state/remote.ts";
import { studies, study } from "../../state/study.ts";
import { theme, type Theme } from "../../state/theme.ts";
import { HelpButton } from "./HelpButton.tsx";
import { closeMenus, Pages } from "./Pages.tsx";
import { ShareMenu } from "./ShareMenu.tsx";
import "./TopBar.css";

const NEXT: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };

function StudyName() {
  const open = study.value;
  const others = shown(studies.value) ?? [];
  if (!open) return <span class="topbar-brand">Beredt Studio</span>;
  const name = say(open.title);
  if (others.length < 2) return <span class="topbar-study">{name}</span>;
  return (
    <details class="topbar-menu" name="topbar">
      <summary class="topbar-study">
        {name} <Icon name="down" />
      </summary>
      <ul>
        {others.map((one) => (
          <li key={one.id}>
            <a
              href={`/s/${encodeURIComponent(one.id)}`}
              aria-current={one.id === open.id ? "page" : undefined}
              onClick={closeMenus}
            >
              {say(one.title)} <span class="quiet">{one.year}</span>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The year: to be chosen where the same study is open for several, else plain text. */
function StudyYear() {
  const open = study.value;
  if (!open) return null;
  const name = say(open.title);
  const years = (shown(studies.value) ?? []).filter((one) => say(one.title) === name && one.year !== null);
  if (years.length < 2) return <span class="topbar-year quiet">{open.year}</span>;
  return (
    <details class="topbar-menu topbar-year" name="topbar">
      <summary>
        <span class="unseen">{t("shell.year")}</span> {open.year} <Icon name="down" />
      </summary>
      <ul>
        {years
          .toSorted((one, other) => (one.year ?? 0) - (other.year ?? 0))
          .map((one) => (
            <li key={one.id}>
              <a
                href={`/s/${encodeURIComponent(one.id)}`}
                aria-current={one.id === open.id ? "page" : undefined}
                onClick={closeMenus}
              >
                {one.year}
              </a>
            </li>
          ))}
      </ul>
    </details>
  );
}

function LanguageSwitch() {
  return (
    <div class="topbar-languages" role="group" aria-label={t("shell.language")}>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          lang={one}
          title={LANGUAGE_NAMES[one]}
          aria-label={LANGUAGE_NAMES[one]}
          aria-pressed={language.value === one}
          onClick={() => (language.value = one)}
        >
          {one}
        </button>
      ))}
    </div>
  );
}

function ThemeButton() {
  const now = theme.value;
  const label = t("shell.theme", { now: t(`shell.theme_${now}`) });
  return (
    <button
      class="button plain icon"
      aria-label={label}
      title={label}
      onClick={() => (theme.value = NEXT[now])}
    >
      <Icon name={now} />
    </button>
  );
}

export function TopBar() {
  useEffect(() => {
    const beside = (event: Event) => {
      if (!(event.target instanceof Element) || !event.target.closest("details[name=topbar]")) closeMenus();
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      const here = document.activeElement?.closest("details[name=topbar]")?.querySelector("summary");
      closeMenus();
      here?.focus(); // what had it is hidden now
    };
    window.addEventListener("pointerdown", beside);
    window.addEventListener("keydown", leave);
    return () => {
      window.removeEventListener("pointerdown", beside);
      window.removeEventListener("keydown", leave);
    };
  }, []);
  return (
    <header class="topbar">
      <a class="topbar-home" href="/" aria-label={t("shell.home")}>
        <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M16 5v22M6.5 10.5l19 11M6.5 21.5l19-11" />
        </svg>
      </a>
      <StudyName />
      <StudyYear />
      <Pages />
      <span class="topbar-space" />
      <ShareMenu />
      <LanguageSwitch />
      <ThemeButton />
      <HelpButton />
    </header>
  );
}

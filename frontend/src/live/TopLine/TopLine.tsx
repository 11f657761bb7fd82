// The clock of the picture, whether feed and server speak, and whether advice is given.
import { Icon } from "../../components/Icon/Icon.tsx";
import { LANGUAGE_NAMES, LANGUAGES, language, numbers, say, t } from "../../state/language.ts";
import { mayChange } from "../../state/session.ts";
import { adviceOn, switchAdvice } from "../state/advice.ts";
import { colours } from "../state/colours.ts";
import { ground } from "../state/ground.ts";
import { picture, silentFor, type Picture } from "../state/picture.ts";
import { connection, type Connection } from "../state/stream.ts";
import { age, clock } from "../times.ts";
import "./TopLine.css";

/** How the picture comes about, in a word and a mark: lost, silent, alive, or nothing yet. */
export function Feed({ now, line }: { now: Picture | undefined; line: Connection }) {
  const silent = now && silentFor(now.sources);
  const isFed = now?.sources.some(({ events }) => events > 0) ?? false;
  const [mark, text] =
    line === "lost"
      ? (["bad", t("live.lost", { time: now ? clock(now.at_ms) : "–" })] as const)
      : !now
        ? (["", t("live.connecting")] as const)
        : silent !== undefined
          ? (["bad", t("live.silent", { age: age(numbers.value, silent) })] as const)
          : isFed
            ? (["good", t("live.alive")] as const)
            : (["", t("live.no_feed")] as const);
  const some =
    line === "lost" || silent !== undefined ? [] : (now?.sources ?? []).filter((one) => one.silent);
  return (
    <div class={`feed ${mark}`} role="status">
      <span class="feed-mark" aria-hidden="true">
        {mark === "bad" ? "!" : mark === "good" ? "✓" : "…"}
      </span>
      <span>
        {text}
        {some.map(({ id, last_s }) => (
          <span key={id} class="feed-source">
            {t("live.silent_source", { source: id, age: age(numbers.value, last_s ?? 0) })}
          </span>
        ))}
      </span>
    </div>
  );
}

function AdviceSwitch() {
  const on = adviceOn.value;
  return (
    <div class="advice-switch">
      <button
        class="button"
        role="switch"
        aria-checked={on}
        aria-describedby="people-decide"
        disabled={!mayChange.value || connection.value !== "open"}
        onClick={() => void switchAdvice(!on)}
      >
        <span class="switch-mark" aria-hidden="true" />
        {t(on ? "live.advice_on" : "live.advice_off")}
      </button>
      <p id="people-decide">{t("live.people_decide")}</p>
    </div>
  );
}

export function TopLine() {
  const now = picture.value;
  const isDark = colours.value === "dark";
  const label = t(isDark ? "live.make_light" : "live.make_dark");
  return (
    <header class="topline">
      <div class="topline-head">
        <p class={connection.value === "lost" ? "topline-clock lost" : "topline-clock"}>
          <span class="unseen">{t("live.clock")}</span>
          {now ? clock(now.at_ms) : "–"}
        </p>
        <h1>{say(ground.value?.title) || "Beredt"}</h1>
      </div>
      <Feed now={now} line={connection.value} />
      <AdviceSwitch />
      <div class="topline-tools">
        <div class="topline-languages" role="group" aria-label={t("shell.language")}>
          {LANGUAGES.map((one) => (
            <button
              key={one}
              lang={one}
              aria-label={LANGUAGE_NAMES[one]}
              aria-pressed={language.value === one}
              onClick={() => (language.value = one)}
            >
              {one}
            </button>
          ))}
        </div>
        <button
          class="button plain icon"
          aria-label={label}
          title={label}
          onClick={() => (colours.value = isDark ? "light" : "dark")}
        >
          <Icon name={isDark ? "dark" : "light"} size={20} />
        </button>
      </div>
    </header>
  );
}

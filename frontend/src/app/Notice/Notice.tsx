// What stands where there is nothing to show yet, or no more: what happened, and what to do.
import { WrongBody } from "../../components/Wrong/Wrong.tsx";
import type { Remote } from "../../state/remote.ts";
import { t } from "../../state/language.ts";
import "./Notice.css";

export interface NoticeProps {
  readonly text?: string;
  readonly loading?: string;
  readonly remote?: Remote<unknown>;
  readonly again?: () => void;
}

export function Notice({ text, loading, remote, again }: NoticeProps) {
  if (remote?.state === "failed") {
    const { title } = remote.problem;
    return (
      <main id="content" class="notice" aria-live="assertive">
        <h1>{t(title)}</h1>
        <WrongBody problem={remote.problem} />
        <button class="button" onClick={again ?? (() => window.location.reload())}>
          {t("shell.again")}
        </button>
      </main>
    );
  }
  return (
    <main id="content" class="notice" aria-live="polite">
      <p class="quiet">{text ?? loading}</p>
    </main>
  );
}

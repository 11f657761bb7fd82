// What somebody did about a piece of advice, and asking anew.
import { t } from "../../state/language.ts";
import type { Done } from "../api/types.ts";

export function Answered({ done, onAgain }: { done: Done; onAgain: () => void }) {
  return (
    <div class="advice-done">
      <p>
        <span aria-hidden="true">✓ </span>
        {done.deed === "followed" && t("live.done_followed")}
        {done.deed === "other" && t("live.done_other", { unit: done.unit ?? "–" })}
        {done.deed === "declined" && t("live.done_declined")}
      </p>
      <button class="button plain" onClick={onAgain}>
        {t("live.ask_again")}
      </button>
    </div>
  );
}

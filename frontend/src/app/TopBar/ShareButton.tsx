// Copies the address of what is on the screen. Drafts live in this browser: their edits go along in the link.
import { useState } from "preact/hooks";
import { Icon } from "../../components/Icon/Icon.tsx";
import { t } from "../../state/language.ts";
import { sharedLink } from "../../state/sharing.ts";

export function ShareButton() {
  const [said, setSaid] = useState("");
  const share = async () => {
    try {
      await navigator.clipboard.writeText(sharedLink());
      setSaid("shell.copied");
    } catch {
      setSaid("shell.not_copied");
    }
    setTimeout(() => setSaid(""), 3000);
  };
  return (
    <span class="topbar-share">
      <button class="button plain" onClick={() => void share()} title={t("shell.share_help")}>
        <Icon name="share" />
        <span class="topbar-word">{t("shell.share")}</span>
      </button>
      <output class={said ? "topbar-said" : "unseen"}>{said && t(said)}</output>
    </span>
  );
}

// What can be done here, by mouse and by keyboard, in a dialog.
import { useRef } from "preact/hooks";
import { Icon } from "../../components/Icon/Icon.tsx";
import { t } from "../../state/language.ts";
import { study } from "../../state/study.ts";

const KEYS = ["arrows", "zoom", "pick", "move", "undo", "escape"] as const;
const PARTS = ["question", "today", "edit", "drag", "interval"] as const;

export function HelpButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        class="button plain icon"
        aria-label={t("shell.help")}
        title={t("shell.help")}
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="help" />
      </button>
      <dialog ref={dialog} class="help" aria-labelledby="help-title">
        <header>
          <h2 id="help-title">{t("shell.help")}</h2>
          <button
            class="button plain icon"
            aria-label={t("shell.close")}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        {PARTS.map((part) => (
          <p key={part}>{t(`shell.help_${part}`)}</p>
        ))}
        <h3>{t("shell.keys")}</h3>
        <dl>
          {KEYS.map((key) => (
            <div key={key}>
              <dt>
                <kbd>{t(`shell.key_${key}`, { whole: "0" })}</kbd>
              </dt>
              <dd>{t(`shell.key_${key}_does`)}</dd>
            </div>
          ))}
        </dl>
        {study.value && (
          <p class="quiet help-facts">
            {t("shell.facts", {
              folder: study.value.folder,
              fingerprint: study.value.fingerprint?.slice(0, 12) ?? "–",
            })}
          </p>
        )}
        <p>
          <a href="/licences.txt" target="_blank" rel="noopener">
            {t("shell.licences")}
          </a>
        </p>
      </dialog>
    </>
  );
}

// Word of a study that was copied from an older bundled one: the copy stays as it is, and its user is told what to do.
import { useTexts } from "../../components/texts.ts";
import { stored } from "../../state/stored.ts";
import { study } from "../../state/study.ts";
import "./OlderCopy.css";

/** Versions of bundled studies that the reader has heard of. */
const heard = stored<readonly string[]>("beredt.heard-of-bundled", []);

export function OlderCopy() {
  const { say } = useTexts();
  const open = study.value;
  const version = open?.newer_bundled;
  if (!open || !version || heard.value.includes(version)) return null;
  return (
    <section class="older-copy" aria-label={say("shell.older_copy")}>
      <div>
        <strong>{say("shell.older_copy")}</strong>
        <p>{say("shell.older_copy_help", { folder: open.folder })}</p>
      </div>
      <button type="button" class="button" onClick={() => (heard.value = [...heard.value, version])}>
        {say("shell.understood")}
      </button>
    </section>
  );
}

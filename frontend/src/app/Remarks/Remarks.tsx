// What is worth a look in a study that can be used: told where it is opened, until its reader has heard of it.
import { useTexts } from "../../components/texts.ts";
import { IssueList } from "../../components/Wrong/Wrong.tsx";
import { stored } from "../../state/stored.ts";
import { study } from "../../state/study.ts";
import "../OlderCopy/OlderCopy.css";

/** Fingerprints of studies whose remarks the reader has heard. */
const heard = stored<readonly string[]>("beredt.heard-remarks", []);

export function Remarks() {
  const { say } = useTexts();
  const open = study.value;
  const fingerprint = open?.fingerprint;
  const issues = open?.issues ?? [];
  if (!fingerprint || issues.length === 0 || heard.value.includes(fingerprint)) return null;
  return (
    <section class="older-copy" aria-label={say("shell.remarks")}>
      <div>
        <strong>{say("shell.remarks")}</strong>
        <p>{say("shell.remarks_help")}</p>
        <IssueList issues={issues} />
      </div>
      <button type="button" class="button" onClick={() => (heard.value = [...heard.value, fingerprint])}>
        {say("shell.understood")}
      </button>
    </section>
  );
}

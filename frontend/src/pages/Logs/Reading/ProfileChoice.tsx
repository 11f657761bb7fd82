// Which profile a log is read by: the guess and how well each fits, or a file of one's own.
import { useState } from "preact/hooks";
import { logsClient, type LogForms, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { WHOLE_PERCENT } from "../../../numbers/forms.ts";
import { putLog } from "../../../state/logs.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";

const OWN = "own";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
  readonly profile: string;
  readonly onChoose: (profile: string) => void;
}

export function ProfileChoice({ log, forms, profile, onChoose }: Props) {
  const { say, local, numbers } = useTexts();
  const header = log.header;
  const fits = header?.fits ?? [];
  const title = (id: string) =>
    id === OWN ? say("logs.reading.own") : local(forms.profiles.find((one) => one.id === id)?.title) || id;
  const best = fits.find((one) => one.profile === header?.best);
  const described = forms.profiles.find((one) => one.id === profile);
  return (
    <>
      <div class="reading-guess">
        <h2>
          {best ? say("logs.reading.guess", { profile: title(best.profile) }) : say("logs.reading.no_guess")}
        </h2>
        <p>
          {best
            ? say("logs.reading.guess_help", {
                columns: numbers.whole(best.columns),
                all: numbers.whole(header?.columns.length ?? 0),
              })
            : say("logs.reading.no_guess_help")}
        </p>
      </div>
      <div class="log-form">
        <label>
          <span>{say("logs.reading.profile")}</span>
          <select class="field" value={profile} onChange={(event) => onChoose(event.currentTarget.value)}>
            {!profile && <option value="">{say("logs.reading.choose")}</option>}
            {fits.map((one) => (
              <option key={one.profile} value={one.profile}>
                {say("logs.reading.option", {
                  profile: title(one.profile),
                  score: numbers.text(one.score, WHOLE_PERCENT),
                })}
              </option>
            ))}
          </select>
        </label>
        <OwnProfile log={log} onSent={() => onChoose(OWN)} />
        {described && <p class="quiet">{local(described.description)}</p>}
      </div>
    </>
  );
}

function OwnProfile({ log, onSent }: { log: MissionLog; onSent: () => void }) {
  const { say } = useTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    try {
      putLog(await logsClient.sendProfile(log.study, log.id, file));
      onSent();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <>
      <label class="button add-choose reading-own" title={say("logs.reading.own_help")}>
        {say("logs.reading.send_own")}
        <input
          class="unseen"
          type="file"
          accept=".toml"
          onChange={(event) => {
            void send(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
      {problem && <Trouble problem={problem} />}
    </>
  );
}

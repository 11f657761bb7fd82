// How a log is read: the guess, shown with what it reads from where; another profile; and the import itself.
import { useState } from "preact/hooks";
import { logsClient, type LogForms, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { Confirm } from "../../../components/Confirm/Confirm.tsx";
import { useTexts } from "../../../components/texts.ts";
import { query } from "../../../state/location.ts";
import { putLog } from "../../../state/logs.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useWork } from "../Work/useWork.ts";
import { Work } from "../Work/Work.tsx";
import { Columns } from "./Columns.tsx";
import { ProfileChoice } from "./ProfileChoice.tsx";
import { RulesOff } from "./RulesOff.tsx";
import "./Reading.css";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
}

export function Reading({ log, forms }: Props) {
  const { say } = useTexts();
  const work = useWork(log.id, "log_import");
  if (log.origin === "store") return <p>{say("logs.reading.is_store")}</p>;
  return (
    <div class="log-part">
      {work.current && <Work job={work.current} onCancel={work.cancel} onAgain={work.again} />}
      {!log.has_file && <p>{say("logs.reading.no_file")}</p>}
      {log.has_file && !work.isBusy && <Question log={log} forms={forms} begin={work.begin} />}
      {work.problem && <Trouble problem={work.problem} />}
      {log.store && log.has_file && log.origin === "upload" && !work.isBusy && <DropFile log={log} />}
    </div>
  );
}

interface QuestionProps extends Props {
  readonly begin: ReturnType<typeof useWork>["begin"];
}

function Question({ log, forms, begin }: QuestionProps) {
  const { say } = useTexts();
  const best = log.header?.best ?? "";
  const [chosen, setChosen] = useState<string>();
  const [without, setWithout] = useState<readonly string[]>(() => withoutAtFirst(log));
  const [generated, setGenerated] = useState(log.generated);
  const isKnown = log.header?.generated === true;
  const profile = chosen ?? (log.profile || best);
  const [usable, setUsable] = useState(false);
  return (
    <form
      class="reading-question"
      onSubmit={(event) => {
        event.preventDefault();
        void begin(() => logsClient.import(log.study, log.id, { profile, without: [...without], generated }));
      }}
    >
      <div class="reading-choice">
        <ProfileChoice log={log} forms={forms} profile={profile} onChoose={setChosen} />
      </div>
      {profile && (
        <Columns
          key={`${profile} ${log.own_profile}`}
          log={log}
          forms={forms}
          profile={profile}
          onUsable={setUsable}
        />
      )}
      <div class="reading-rest">
        <RulesOff forms={forms} without={without} onChange={setWithout} />
        <label class="log-check">
          <input
            type="checkbox"
            checked={generated || isKnown}
            disabled={isKnown}
            onChange={(event) => setGenerated(event.currentTarget.checked)}
          />
          <span>
            {say("logs.reading.generated")}
            {isKnown && <span class="quiet"> {say("logs.reading.generated_known")}</span>}
          </span>
        </label>
        <p class="log-tools">
          <button type="submit" class="button primary" disabled={!profile || !usable}>
            {say(log.store ? "logs.reading.anew" : "logs.reading.start")}
          </button>
          {log.store && <span class="quiet">{say("logs.reading.replaces")}</span>}
        </p>
      </div>
    </form>
  );
}

/** As in the last import, and the rule that somebody comes here to switch off. */
function withoutAtFirst(log: MissionLog): readonly string[] {
  const asked = query("off");
  return [...new Set([...log.without, ...(asked ? [asked] : [])])];
}

function DropFile({ log }: { log: MissionLog }) {
  const { say } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const drop = async () => {
    setAsking(false);
    try {
      putLog(await logsClient.dropFile(log.study, log.id));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  if (problem) return <Trouble problem={problem} />;
  return isAsking ? (
    <Confirm
      text={say("logs.reading.drop_sure")}
      yes={say("logs.reading.drop_file")}
      onYes={() => void drop()}
      onNo={() => setAsking(false)}
    />
  ) : (
    <p>
      <button type="button" class="button plain" onClick={() => setAsking(true)}>
        {say("logs.reading.drop_file")}
      </button>
    </p>
  );
}

// Mission logs of the study: all of them, or one with its import, findings, indicators and review.
import { useEffect } from "preact/hooks";
import { sendLog, type MissionLog } from "../../api/logs.ts";
import { useTexts } from "../../components/texts.ts";
import { watchJobs } from "../../state/jobs.ts";
import { go, query, studyId } from "../../state/location.ts";
import { loadLogs, logForms, logs, putLog, watchLogs } from "../../state/logs.ts";
import { shown } from "../../state/remote.ts";
import { isReader, mayChange } from "../../state/session.ts";
import { AddLog } from "./AddLog/AddLog.tsx";
import { OneLog } from "./OneLog.tsx";
import { logAddress, Shelf } from "./Shelf/Shelf.tsx";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import "../Runs/Runs.css";
import "./Logs.css";

export default function Logs() {
  const { say } = useTexts();
  useEffect(watchJobs, []);
  useEffect(watchLogs, []);
  const id = query("log");
  const found = shown(logs.value);
  const log = found?.find((one) => one.id === id);
  if (log) return <OneLog key={log.id} log={log} />;
  return (
    <main id="content" class="page logs">
      <h1>{say("logs.title")}</h1>
      <p class="logs-lead">{say("logs.lead")}</p>
      {id !== null && found && <p role="status">{say("logs.gone")}</p>}
      {logs.value.state === "failed" && (
        <Trouble problem={logs.value.problem} onAgain={() => void loadLogs()} />
      )}
      {!found && logs.value.state !== "failed" && <p class="quiet">{say("logs.loading")}</p>}
      {found && found.length === 0 && (
        <p class="quiet">{say(isReader.value ? "logs.none_reader" : "logs.none")}</p>
      )}
      {found && found.length > 0 && <Shelf logs={found} />}
      <Add />
    </main>
  );
}

function Add() {
  const study = studyId.value;
  const forms = shown(logForms.value);
  if (logForms.value.state === "failed") return <Trouble problem={logForms.value.problem} />;
  if (!forms || !study || !mayChange.value) return null;
  const added = (log: MissionLog) => {
    putLog(log);
    go(logAddress(log.id));
  };
  return (
    <AddLog
      study={study}
      forms={forms}
      send={(file, onProgress, signal) => sendLog(study, file, onProgress, signal)}
      onAdded={added}
    />
  );
}

// Add a log: choose or drop a file, watch it leave, stop it; or take one that lies beside the server.
import { useRef, useState } from "preact/hooks";
import type { LogForms, MissionLog, OnProgress } from "../../../api/logs.ts";
import { asProblem, isAbort } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { sizeText } from "../words.ts";
import { Incoming } from "./Incoming.tsx";
import "./AddLog.css";

interface Props {
  readonly study: string;
  readonly forms: LogForms;
  readonly send: (file: File, onProgress: OnProgress, signal: AbortSignal) => Promise<MissionLog>;
  readonly onAdded: (log: MissionLog) => void;
}

interface Sending {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

export function AddLog({ study, forms, send, onAdded }: Props) {
  const { say, numbers } = useTexts();
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [note, setNote] = useState("");
  const [isOver, setOver] = useState(false);
  const stop = useRef<AbortController>(null);
  const chooser = useRef<HTMLInputElement>(null);

  const refusal = (file: File): string => {
    const values = {
      name: file.name,
      size: sizeText(say, numbers, forms.largest_bytes),
      endings: forms.endings.join(", "),
    };
    if (file.size === 0) return say("logs.add.empty", values);
    if (file.size > forms.largest_bytes) return say("logs.add.too_large", values);
    if (!forms.endings.some((end) => file.name.toLowerCase().endsWith(end)))
      return say("logs.add.wrong_kind", values);
    return "";
  };

  const take = async (file: File | undefined) => {
    if (!file || sending) return;
    setProblem(null);
    const fault = refusal(file);
    setNote(fault);
    if (fault) return;
    stop.current = new AbortController();
    setSending({ name: file.name, sent: 0, total: file.size });
    try {
      onAdded(
        await send(
          file,
          (sent) => setSending({ name: file.name, sent, total: file.size }),
          stop.current.signal,
        ),
      );
    } catch (error) {
      if (isAbort(error)) setNote(say("logs.add.stopped"));
      else setProblem(asProblem(error));
    } finally {
      setSending(null);
      if (chooser.current) chooser.current.value = "";
    }
  };

  return (
    <section class="add-log" aria-labelledby="add-log">
      <h2 id="add-log">{say("logs.add.title")}</h2>
      {sending ? (
        <Leaving sending={sending} onStop={() => stop.current?.abort()} />
      ) : (
        <div
          class={isOver ? "add-drop is-over" : "add-drop"}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take(event.dataTransfer?.files[0]);
          }}
        >
          <label class="button primary add-choose">
            {say("logs.add.choose")}
            <input
              ref={chooser}
              class="unseen"
              type="file"
              accept={forms.endings.join(",")}
              onChange={(event) => void take(event.currentTarget.files?.[0])}
            />
          </label>
          <span class="quiet">{say("logs.add.drop")}</span>
          <p class="quiet">{say("logs.add.kinds", { size: sizeText(say, numbers, forms.largest_bytes) })}</p>
        </div>
      )}
      <p class="add-note" role="status">
        {note}
      </p>
      {problem && <Trouble problem={problem} />}
      <Incoming study={study} onAdded={onAdded} />
      <p class="quiet add-privacy">{say("logs.add.privacy")}</p>
    </section>
  );
}

function Leaving({ sending, onStop }: { sending: Sending; onStop: () => void }) {
  const { say, numbers } = useTexts();
  const hasLeft = sending.sent >= sending.total;
  const title = say(hasLeft ? "logs.add.looking" : "logs.add.sending", { name: sending.name });
  return (
    <div class="add-drop">
      <p class="add-leaving">
        <strong>{title}</strong>
        <progress
          aria-label={title}
          {...(hasLeft ? {} : { max: Math.max(1, sending.total), value: sending.sent })}
        />
        <span class="quiet">
          {say("logs.add.sent", {
            done: sizeText(say, numbers, sending.sent),
            total: sizeText(say, numbers, sending.total),
          })}
        </span>
      </p>
      <button type="button" class="button" onClick={onStop}>
        {say("logs.add.stop")}
      </button>
    </div>
  );
}

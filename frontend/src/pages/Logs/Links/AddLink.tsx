// Link another log: one of the study, or a file whose columns are named; when its records begin, and how sure a link is.
import { useState } from "preact/hooks";
import type { LinkedFile, LinkedLog, MissionLog } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { logs } from "../../../state/logs.ts";
import { shown } from "../../../state/remote.ts";
import { LinkedRecords } from "./LinkedRecords.tsx";
import { LinkWindow } from "./LinkWindow.tsx";
import { nameOf, THIS } from "./link.ts";

interface Props {
  readonly log: MissionLog;
  readonly links: readonly LinkedLog[];
  readonly onAdd: (one: LinkedLog) => Promise<boolean>;
}

const EMPTY = {
  name: "",
  title: "",
  after: THIS,
  log: "",
  file: "",
  columns: {},
  date_order: "day",
  decimal: ",",
  hash_key: false,
  measured: "end",
  earliest_min: -15,
  latest_min: 120,
  threshold_bits: 8,
} as const satisfies LinkedLog;

export function AddLink({ log, links, onAdd }: Props) {
  const { say } = useTexts();
  const [link, setLink] = useState<LinkedLog>(EMPTY);
  const [file, setFile] = useState<LinkedFile | null>(null);
  const change = (fields: Partial<LinkedLog>) => setLink((one) => ({ ...one, ...fields }));
  const others = (shown(logs.value) ?? []).filter((one) => one.store);
  const isReady = link.log !== "" || (file !== null && link.columns["start"] !== undefined);
  const save = async () => {
    const source = link.log ? { file: "", columns: {} } : { file: file?.name ?? "" };
    if (await onAdd({ ...link, ...source, name: nameOf(link.title, links) })) {
      setLink(EMPTY);
      setFile(null);
    }
  };
  return (
    <details class="log-fold">
      <summary>{say("logs.links.add")}</summary>
      <form
        class="log-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label>
          <span>{say("logs.links.which")}</span>
          <select
            class="field"
            value={link.log}
            onChange={(event) => change({ log: event.currentTarget.value })}
          >
            <option value="">{say("logs.links.of_file")}</option>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{say("logs.links.named")}</span>
          <input
            class="field"
            required
            maxLength={80}
            value={link.title}
            onInput={(event) => change({ title: event.currentTarget.value })}
          />
        </label>
        {!link.log && <LinkedRecords log={log} link={link} file={file} onFile={setFile} onChange={change} />}
        <LinkWindow link={link} links={links} onChange={change} />
        <button type="submit" class="button" disabled={!isReady}>
          {say("logs.links.save")}
        </button>
      </form>
    </details>
  );
}

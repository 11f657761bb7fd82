// The changes of the alternative that is chosen: what it does, line by line, steps back and forth, and one more.
import { signal } from "@preact/signals";
import { change, chosen, moveEdit, redo, removeEdit, replaceEdit, TODAY, undo } from "../../state/drafts.ts";
import { language } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { Editing } from "../Editing/Editing.tsx";
import { Icon } from "../Icon/Icon.tsx";
import type { Edit, EditLine } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { ChangeLines } from "./ChangeLines.tsx";
import "./ChangeList.css";

/** What is being written: nothing, a new change, or the change with this number. */
const writing = signal<{ id: string; index: number | "new" } | null>(null);

export function ChangeList() {
  const { say, local } = useTexts();
  const one = chosen.value;
  if (!one) return null;
  const isToday = one.id === TODAY;
  const now = writing.value?.id === one.id ? writing.value.index : null;
  const close = () => (writing.value = null);
  const done = (edits: readonly Edit[]) => {
    if (typeof now === "number") replaceEdit(now, edits);
    else change((before) => [...before, ...edits], { [language.value]: say("panel.alternatives.new_name") });
    close();
  };
  const note = local(one.note) || local(one.description);
  return (
    <section class="changes" aria-labelledby="changes-title">
      <div class="changes-head">
        <h2 id="changes-title">{say("panel.changes.title", { name: local(one.title) || one.id })}</h2>
        <button
          type="button"
          disabled={!one.canUndo}
          aria-label={say("panel.changes.undo")}
          title={say("panel.changes.undo")}
          onClick={undo}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          disabled={!one.canRedo}
          aria-label={say("panel.changes.redo")}
          title={say("panel.changes.redo")}
          onClick={redo}
        >
          <Icon name="redo" />
        </button>
      </div>
      {one.edits.length === 0 && (
        <p class="changes-empty quiet">{say(isToday ? "panel.changes.today" : "panel.changes.none")}</p>
      )}
      <ChangeLines
        lines={linesOf(one.edits, service.value?.lines)}
        onEdit={(index) => (writing.value = { id: one.id, index })}
        onRemove={removeEdit}
        onMove={moveEdit}
      />
      {now === null ? (
        <button
          type="button"
          class="button changes-add"
          onClick={() => (writing.value = { id: one.id, index: "new" })}
        >
          <Icon name="plus" />
          {say("panel.changes.add")}
        </button>
      ) : (
        <Editing
          key={String(now)}
          edit={typeof now === "number" ? one.edits[now] : undefined}
          onDone={done}
          onCancel={close}
        />
      )}
      {note && (
        <details class="changes-note">
          <summary>{say("panel.changes.note")}</summary>
          <p>{local(one.description)}</p>
          <p class="quiet">{local(one.note)}</p>
        </details>
      )}
    </section>
  );
}

/** Lines for all edits, also for those that the server has not read yet. */
function linesOf(edits: readonly Edit[], lines: readonly EditLine[] | undefined): readonly EditLine[] {
  return edits.map((edit, index) => lines?.[index] ?? { text: edit.edit, complaints: [] });
}

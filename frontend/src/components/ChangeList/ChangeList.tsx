// The changes of the alternative that is chosen: what it does, line by line, steps back and forth, and one more.
import { signal } from "@preact/signals";
import { change, chosen, moveEdit, redo, removeEdit, replaceEdit, TODAY, undo } from "../../state/drafts.ts";
import { language } from "../../state/language.ts";
import { findLine } from "../../state/service.ts";
import { Editing } from "../Editing/Editing.tsx";
import { Icon } from "../Icon/Icon.tsx";
import type { Edit, EditLine } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { ChangeLines } from "./ChangeLines.tsx";
import "./ChangeList.css";

/** What is being written: nothing, a new change, or one that is there, as it was when its form was opened. */
const writing = signal<{ id: string; edit: Edit | "new"; index: number } | null>(null);

/** Where a change stands now: others may have been taken out, put in or moved since. Undefined when it is gone. */
function placeOf(edit: Edit, before: number, edits: readonly Edit[]): number | undefined {
  const isIt = (one: Edit | undefined) => JSON.stringify(one) === JSON.stringify(edit);
  const place = isIt(edits[before]) ? before : edits.findIndex(isIt);
  return place < 0 ? undefined : place;
}

export function ChangeList() {
  const { say, local } = useTexts();
  const one = chosen.value;
  if (!one) return null;
  const isToday = one.id === TODAY;
  const begun = writing.value?.id === one.id ? writing.value : null;
  const now =
    begun === null ? undefined : begun.edit === "new" ? "new" : placeOf(begun.edit, begun.index, one.edits);
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
        lines={one.edits.map((edit): EditLine => findLine(edit) ?? { text: edit.edit, complaints: [] })}
        onEdit={(index) => {
          const edit = one.edits[index];
          if (edit) writing.value = { id: one.id, edit, index };
        }}
        onRemove={removeEdit}
        onMove={moveEdit}
      />
      {now === undefined ? (
        <button
          type="button"
          class="button changes-add"
          onClick={() => (writing.value = { id: one.id, edit: "new", index: 0 })}
        >
          <Icon name="plus" />
          {say("panel.changes.add")}
        </button>
      ) : (
        <Editing
          key={JSON.stringify(begun?.edit)}
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

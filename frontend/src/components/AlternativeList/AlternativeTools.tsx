// What can be done with the alternative that is chosen. Today stays as it is: it can only be copied.
import { useState } from "preact/hooks";
import { alternatives, compare, copy, describe, drop, TODAY, type Alternative } from "../../state/drafts.ts";
import { language } from "../../state/language.ts";
import { deleteAlternative, saveAlternative } from "../../state/saving.ts";
import { isReader, mayChange } from "../../state/session.ts";
import { Confirm } from "../Confirm/Confirm.tsx";
import { Icon } from "../Icon/Icon.tsx";
import { useTexts } from "../texts.ts";

interface Props {
  readonly one: Alternative;
  readonly name: string;
  /** Told what the server refused, and null when it is tried again. */
  readonly onProblem: (error: unknown) => void;
}

type Doing = "nothing" | "rename" | "delete" | "revert" | "saving";
const NOTHING = { of: "", what: "nothing" } as const;

export function AlternativeTools({ one, name, onProblem }: Props) {
  const { say } = useTexts();
  // With the alternative that it is done to: what was begun for one never befalls the next that is chosen.
  const [begun, setBegun] = useState<{ readonly of: string; readonly what: Doing }>(NOTHING);
  const doing = begun.of === one.id ? begun.what : "nothing";
  const setDoing = (what: Doing, of = one.id) => setBegun({ of, what });
  const isToday = one.id === TODAY;
  const run = (work: Promise<unknown>) => {
    setDoing("saving");
    onProblem(null);
    work.catch(onProblem).finally(() => setBegun((now) => (now.of === one.id ? NOTHING : now)));
  };
  const copyNow = () => {
    compare([]);
    const title = isToday
      ? say("panel.alternatives.new_name")
      : say("panel.alternatives.copy_name", { name });
    setDoing("rename", copy(one, { [language.value]: title }));
  };
  if (doing === "rename" && !isToday) {
    return (
      <Rename
        name={name}
        onDone={(title) => {
          if (title) describe(one.id, { title: { ...one.title, [language.value]: title } });
          setDoing("nothing");
        }}
      />
    );
  }
  if (doing === "delete") {
    const text = one.saved ? "panel.alternatives.delete_file" : "panel.alternatives.delete_draft";
    return (
      <Confirm
        text={say(text, { name })}
        yes={say("panel.alternatives.delete")}
        onYes={() => {
          compare([]);
          if (one.saved) run(deleteAlternative(one));
          else {
            drop(one.id);
            setDoing("nothing");
          }
        }}
        onNo={() => setDoing("nothing")}
      />
    );
  }
  if (doing === "revert") {
    return (
      <Confirm
        text={say("panel.alternatives.revert_sure", { name })}
        yes={say("panel.alternatives.revert")}
        onYes={() => {
          drop(one.id);
          setDoing("nothing");
        }}
        onNo={() => setDoing("nothing")}
      />
    );
  }
  return (
    <div class="alternatives-tools" role="group" aria-label={say("panel.alternatives.tools", { name })}>
      <button type="button" class="button plain" onClick={copyNow}>
        <Icon name={isToday ? "plus" : "copy"} />
        {say(isToday ? "panel.alternatives.new" : "panel.alternatives.copy")}
      </button>
      {!isToday && (
        <>
          <button type="button" class="button plain" onClick={() => setDoing("rename")}>
            <Icon name="edit" />
            {say("panel.alternatives.rename")}
          </button>
          {(mayChange.value || !one.saved) && (
            <button type="button" class="button plain" onClick={() => setDoing("delete")}>
              <Icon name="trash" />
              {say("panel.alternatives.delete")}
            </button>
          )}
          {one.changed && mayChange.value && (
            <button
              type="button"
              class="button"
              disabled={doing === "saving"}
              onClick={() =>
                run(
                  saveAlternative(
                    one,
                    alternatives.peek().map((other) => other.id),
                  ),
                )
              }
            >
              {say(doing === "saving" ? "panel.alternatives.saving" : "panel.alternatives.save")}
            </button>
          )}
          {one.changed && one.saved && (
            <button type="button" class="button plain" onClick={() => setDoing("revert")}>
              {say("panel.alternatives.revert")}
            </button>
          )}
          {one.changed && isReader.value && (
            <p class="alternatives-reader quiet">{say("panel.alternatives.reader")}</p>
          )}
        </>
      )}
    </div>
  );
}

function Rename({ name, onDone }: { name: string; onDone: (title: string) => void }) {
  const { say } = useTexts();
  const [title, setTitle] = useState(name);
  return (
    <form
      class="alternatives-rename"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(title.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone("");
      }}
    >
      <input
        class="field"
        aria-label={say("panel.alternatives.name")}
        value={title}
        maxLength={120}
        ref={(field) => {
          if (field && document.activeElement !== field && !field.dataset["seen"]) {
            field.dataset["seen"] = "yes";
            field.focus();
            field.select();
          }
        }}
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
      <button class="button" type="submit">
        {say("panel.done")}
      </button>
    </form>
  );
}

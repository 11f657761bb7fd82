// A form for one edit, made from the field dictionary.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { Edit, EditField, EditKind, Named } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { Control } from "./Control.tsx";
import { draftOf, editOf, faultsOf, type Draft, type Fault } from "./draft.ts";
import { PlaceControl } from "./PlaceControl.tsx";
import { RosterControl } from "./RosterControl.tsx";
import { isAsked } from "./shown.ts";
import "./EditForm.css";

interface Props {
  readonly kind: EditKind;
  readonly edit: Edit | undefined;
  /** What stands in the form of a new edit at first. */
  readonly begun?: Edit;
  readonly optionsFor: (field: EditField) => readonly Named[] | null;
  /** An id for what the edit makes, out of what has been typed. */
  readonly suggestId: (draft: Draft) => string;
  /** What holds now where the change would be. */
  readonly now?: (draft: Draft) => ComponentChildren;
  /** The edit, behind one that makes what it names, if the form made something. */
  readonly onDone: (edits: readonly Edit[]) => void;
  readonly onCancel: () => void;
}

export function EditForm({ kind, edit, begun, optionsFor, suggestId, now, onDone, onCancel }: Props) {
  const { say, local } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState(() => draftOf(kind, edit ?? begun));
  const [made, setMade] = useState<Edit>();
  const [hasTried, setHasTried] = useState(false);
  const newKey = kind.fields.find((field) => field.names_new)?.key;
  const draft: Draft = newKey && !typed[newKey] ? { ...typed, [newKey]: suggestId(typed) } : typed;
  const faults = faultsOf(kind, draft);
  const set = (changes: Draft) => setTyped({ ...typed, ...changes });

  const asked = kind.fields.filter(
    (field) => !field.names_new && field.key !== "lon" && isAsked(kind, field, draft),
  );
  const show = (field: EditField) => (
    <Row
      key={field.key}
      {...{ field, draft, set, optionsFor, made, setMade }}
      kind={kind}
      id={`${id}-${field.key}`}
      fault={hasTried ? (faults[field.key] ?? (field.key === "lat" ? faults["lon"] : undefined)) : undefined}
    />
  );
  const optional = asked.filter((field) => !field.required);
  const isShort = asked.length > optional.length && optional.length <= 2;
  const rare = isShort ? optional : [];
  return (
    <form
      class="edit-form"
      aria-label={local(kind.title)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setHasTried(true);
        if (Object.keys(faults).length === 0) onDone([...(made ? [made] : []), editOf(kind, draft)]);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <h3>{local(kind.title)}</h3>
      {asked.filter((field) => !rare.includes(field)).map(show)}
      {(rare.length > 0 || newKey) && (
        <details>
          <summary>{say("forms.more")}</summary>
          {rare.map(show)}
          {kind.fields.filter((field) => field.names_new).map(show)}
        </details>
      )}
      {now?.(draft)}
      <div class="edit-form-buttons">
        <button type="submit" class="button primary">
          {say(edit ? "forms.change" : "forms.add")}
        </button>
        <button type="button" class="button plain" onClick={onCancel}>
          {say("panel.cancel")}
        </button>
      </div>
    </form>
  );
}

interface RowProps {
  readonly kind: EditKind;
  readonly field: EditField;
  readonly draft: Draft;
  readonly set: (changes: Draft) => void;
  /** The edit that makes the roster that is painted. */
  readonly made: Edit | undefined;
  readonly setMade: (made: Edit | undefined) => void;
  readonly optionsFor: Props["optionsFor"];
  readonly id: string;
  readonly fault: Fault | undefined;
}

function Row({ kind, field, draft, set, made, setMade, optionsFor, id, fault }: RowProps) {
  const { say, local } = useTexts();
  const help = `${id}-help`;
  const isPlace = field.key === "lat";
  const lon = kind.fields.find((one) => one.key === "lon");
  const isRoster = field.refers_to[0]?.table === "rosters" && kind.kind !== "set_roster_hours";
  const value = draft[field.key] ?? "";
  const text = (key: string) => String(draft[key] ?? "");
  const shared = { id, describedBy: help, isWrong: fault !== undefined };
  return (
    <div class={fault ? "edit-row is-wrong" : "edit-row"}>
      <label id={`${id}-label`} for={id}>
        {isPlace ? say("forms.place") : local(field.name)}
        {!field.required && <span class="quiet"> {say("forms.optional")}</span>}
      </label>
      {isPlace && lon ? (
        <PlaceControl
          {...shared}
          lat={text("lat")}
          lon={text("lon")}
          latName={local(field.name)}
          lonName={local(lon.name)}
          onPlace={(north, east) => set({ lat: north, lon: east })}
        />
      ) : isRoster ? (
        <RosterControl
          {...shared}
          value={text(field.key)}
          made={made}
          onChange={(roster, painted) => {
            setMade(painted);
            set({ [field.key]: roster });
          }}
        />
      ) : (
        <Control
          {...shared}
          {...{ field, value }}
          options={optionsFor(field)}
          onChange={(next) => set({ [field.key]: next })}
        />
      )}
      <p id={help} class="edit-row-help quiet">
        {isPlace ? say("forms.place_help") : local(field.description)}
      </p>
      {fault && (
        <p class="edit-row-fault" role="alert">
          <FaultText fault={fault} />
        </p>
      )}
    </div>
  );
}

function FaultText({ fault }: { fault: Fault }) {
  const { say, numbers } = useTexts();
  const limit = (value: number | undefined) => numbers.plain(value, { unit: "count", factor: 1, digits: 0 });
  return <>{say(`forms.fault.${fault.text}`, { low: limit(fault.low), high: limit(fault.high) })}</>;
}

// Writing a change: first which kind, then its form. Kinds come from the server, group by group.
import { useEffect, useRef, useState } from "preact/hooks";
import { picking } from "../../state/picking.ts";
import { idOf } from "../../state/saving.ts";
import { service } from "../../state/service.ts";
import { editKinds, loadEditKinds, study } from "../../state/study.ts";
import { BorderNow } from "../BorderNow/BorderNow.tsx";
import type { Draft } from "../EditForm/draft.ts";
import { EditForm } from "../EditForm/EditForm.tsx";
import { optionsFor } from "../EditForm/options.ts";
import { onRoadsOf } from "../EditForm/roads.ts";
import type { Edit, EditKind } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { rosterId } from "../WeekStrip/shifts.ts";
import { EditChooser } from "./EditChooser.tsx";

interface Props {
  /** The change that is rewritten; undefined for a new one. */
  readonly edit: Edit | undefined;
  readonly onDone: (edits: readonly Edit[]) => void;
  readonly onCancel: () => void;
}

export function Editing({ edit, onDone, onCancel }: Props) {
  const { say, local } = useTexts();
  const [chosen, setChosen] = useState<string | null>(edit?.edit ?? null);
  const place = useRef<HTMLDivElement>(null);
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => void loadEditKinds().then(() => setIsAsked(true)), []);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("select, input, button")?.focus();
    place.current?.scrollIntoView({ block: "nearest" });
    return () => {
      picking.value = null;
    };
  }, [chosen, editKinds.value.length]);
  const found = editKinds.value.find((one) => one.kind === chosen);
  const kind = found && onRoadsOf(found, (study.value?.places ?? []).length > 0);
  if (editKinds.value.length === 0)
    return <p class="changes-empty">{isAsked ? say("forms.no_kinds") : say("shell.loading")}</p>;
  return (
    <div ref={place}>
      {kind ? (
        <EditForm
          key={kind.kind}
          kind={kind}
          edit={edit}
          optionsFor={(field) => optionsFor(field, study.value, service.value, local)}
          suggestId={(draft) => suggestId(kind, draft)}
          now={(draft) =>
            kind.kind === "set_border_policy" && (
              <BorderNow
                kind={kind}
                draft={draft}
                rules={service.value?.border_rules ?? []}
                centres={study.value?.centres ?? []}
              />
            )
          }
          onDone={onDone}
          onCancel={edit ? onCancel : () => setChosen(null)}
        />
      ) : (
        <EditChooser kinds={editKinds.value} onChoose={setChosen} onCancel={onCancel} />
      )}
    </div>
  );
}

/** An id that nothing has: out of the name, or for a unit out of its station's. */
function suggestId(kind: EditKind, draft: Draft): string {
  const now = service.value;
  const taken = [...(now?.stations ?? []), ...(now?.standby_points ?? []), ...(now?.units ?? [])].map(
    (one) => one.id,
  );
  const name = String(draft["name"] ?? "");
  const station = String(draft["station"] ?? "");
  const shifts = draft["shifts"];
  if (typeof shifts === "object")
    return shifts.length === 0
      ? ""
      : rosterId(
          shifts,
          (now?.rosters ?? []).map((one) => one.id),
        );
  if (kind.fields.some((field) => field.key === "name")) return name === "" ? "" : idOf(name, taken);
  if (station === "") return "";
  for (let number = 1; ; number += 1)
    if (!taken.includes(`${station}-${number}`)) return `${station}-${number}`;
}

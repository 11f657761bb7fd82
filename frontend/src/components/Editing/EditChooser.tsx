// Which kind of change: all that the program knows, in the groups that the server tells.
import type { EditKind } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./EditChooser.css";

interface Props {
  readonly kinds: readonly EditKind[];
  readonly onChoose: (kind: string) => void;
  readonly onCancel: () => void;
}

export function EditChooser({ kinds, onChoose, onCancel }: Props) {
  const { say, local } = useTexts();
  const groups = [...new Set(kinds.map((kind) => kind.group))];
  return (
    <div
      class="edit-chooser"
      role="group"
      aria-label={say("forms.which")}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      {groups.map((group) => (
        <section key={group} aria-label={say(`server.group.${group}`)}>
          <h3>{say(`server.group.${group}`)}</h3>
          {kinds
            .filter((kind) => kind.group === group)
            .map((kind) => (
              <button key={kind.kind} type="button" onClick={() => onChoose(kind.kind)}>
                {local(kind.title)}
              </button>
            ))}
        </section>
      ))}
      <button type="button" class="button plain" onClick={onCancel}>
        {say("panel.cancel")}
      </button>
    </div>
  );
}

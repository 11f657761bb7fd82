// A border between two centres opened: what holds there now, and the form that changes it for one way across.
import { useEffect } from "preact/hooks";
import { BorderNow } from "../../components/BorderNow/BorderNow.tsx";
import { EditForm } from "../../components/EditForm/EditForm.tsx";
import { optionsFor } from "../../components/EditForm/options.ts";
import { Icon } from "../../components/Icon/Icon.tsx";
import type { Edit } from "../../api/types.ts";
import { addOrReplace, chosen } from "../../state/drafts.ts";
import { say, t } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { editKinds, loadEditKinds, study } from "../../state/study.ts";
import { nameIn } from "../facts.ts";
import { border as open, said, showBorder } from "../view.ts";
import "../StationCard/StationCard.css";
import "./BorderCard.css";

const KIND = "set_border_policy";
const isAcross = (asking: string, owning: string) => (edit: Edit) =>
  edit.edit === KIND && edit["asking_centre"] === asking && edit["owning_centre"] === owning;

export function BorderCard() {
  useEffect(() => void loadEditKinds(), []);
  const between = open.value;
  const kind = editKinds.value.find((one) => one.kind === KIND);
  if (!between) return null;
  const { one: asking, other: owning } = between;
  const name = (id: string) => nameIn(study.value?.centres, id);
  const title = t("map.border", { one: name(asking), other: name(owning) });
  const begun = chosen.value?.edits.findLast(isAcross(asking, owning)) ?? {
    edit: KIND,
    asking_centre: asking,
    owning_centre: owning,
    urgency: "*",
  };
  const done = (edits: readonly Edit[]) => {
    for (const edit of edits) {
      const isSame = (before: Edit) =>
        isAcross(String(edit["asking_centre"]), String(edit["owning_centre"]))(before) &&
        before["urgency"] === edit["urgency"];
      addOrReplace(edit, isSame, { nb: title, nn: title, en: title });
    }
    showBorder(null);
    said.value = t("map.said_border");
  };
  return (
    <section class="station-card border-card" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <button class="button plain icon" aria-label={t("shell.close")} onClick={() => showBorder(null)}>
          <Icon name="close" />
        </button>
      </header>
      <p class="border-way">
        {t("map.border_way", { asking: name(asking), owning: name(owning) })}{" "}
        <button class="button" onClick={() => showBorder({ one: owning, other: asking })}>
          {t("map.border_turn")}
        </button>
      </p>
      {kind && (
        <EditForm
          key={`${asking}~${owning}~${chosen.value?.id}`}
          kind={kind}
          edit={undefined}
          begun={begun}
          optionsFor={(field) => optionsFor(field, study.value, service.value, say)}
          suggestId={() => ""}
          now={(draft) => (
            <BorderNow
              kind={kind}
              draft={draft}
              rules={service.value?.border_rules ?? []}
              centres={study.value?.centres ?? []}
            />
          )}
          onDone={done}
          onCancel={() => showBorder(null)}
        />
      )}
    </section>
  );
}

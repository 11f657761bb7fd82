// Who is sent instead, or nobody, and why: it is written down beside the advice.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../state/language.ts";
import type { Done } from "../api/types.ts";

interface Props {
  /** Units that may be sent instead. */
  readonly units: readonly string[];
  readonly onDone: (done: Done) => void;
  readonly onCancel: () => void;
}

const LONGEST = 500;

export function SomethingElse({ units, onDone, onCancel }: Props) {
  const [unit, choose] = useState("");
  const [why, tell] = useState("");
  const first = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const save = (event: Event) => {
    event.preventDefault();
    onDone(unit ? { deed: "other", unit, why } : { deed: "declined", unit: null, why });
  };
  return (
    <form
      class="advice-other"
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <label>
        {t("live.sent_instead")}
        <select
          ref={first}
          class="field"
          value={unit}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{t("live.nobody")}</option>
          {units.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t("live.why")}
        <input
          class="field"
          value={why}
          maxLength={LONGEST}
          autocomplete="off"
          onInput={(event) => tell(event.currentTarget.value)}
        />
      </label>
      <p class="quiet">{t("live.why_help")}</p>
      <div class="advice-buttons">
        <button class="button primary">{t("live.write_down")}</button>
        <button class="button plain" type="button" onClick={onCancel}>
          {t("live.cancel")}
        </button>
      </div>
    </form>
  );
}

// The layer that is shown and what its colours mean: always visible, always with units.
import { against, chosen, compared } from "../../state/drafts.ts";
import { say, t } from "../../state/language.ts";
import { answer, stale } from "../../state/answers.ts";
import { study } from "../../state/study.ts";
import { safeColours } from "../../state/theme.ts";
import { contextOf } from "../facts.ts";
import { LAYERS, showLayer as make, type Layer, type LayerId } from "../layers.ts";
import { shownLayer } from "../MapView/MapView.tsx";
import { carried, layer, showLayer } from "../view.ts";
import "./Legend.css";

function Ordered({ shown }: { shown: Layer }) {
  return (
    <div class="legend-scale">
      <ol>
        {shown.steps.map((step, index) => (
          <li key={index} class={shown.marks.some((mark) => mark.after === index) ? "marked" : ""}>
            <span class="legend-colour" style={{ background: step.colour }} />
            {step.label && <span class="legend-label">{step.label}</span>}
          </li>
        ))}
      </ol>
      {shown.marks.length > 0 && (
        <p class="legend-marks">{shown.marks.map((mark) => mark.label).join(", ")}</p>
      )}
    </div>
  );
}

function Named({ shown }: { shown: Layer }) {
  return (
    <ul class="legend-names">
      {shown.steps.map((step) => (
        <li key={step.label}>
          <span class="legend-colour" style={{ background: step.colour }} />
          {step.label}
        </li>
      ))}
    </ul>
  );
}

/** What the map shows, as a sentence under its legend: whose year, against what. */
export function about(id: LayerId): string {
  const shown = compared.value.length > 1 ? compared.value : [chosen.value];
  const title = shown.map((one) => say(one?.title)).join(", ");
  return t(`map.about_${id}`, { alternative: title, against: say(against.value?.title) });
}

export function Legend() {
  const id = shownLayer();
  const context = contextOf((compared.value.length > 1 ? compared.value[0] : chosen.value)?.id);
  const shown = context && make(id, context);
  const waits =
    shown !== undefined && shown.steps.length > 0 && !shown.colours.some((colour) => colour !== null);
  return (
    <section class="legend" aria-label={t("map.legend")}>
      {carried.value && <p class="legend-carried">{t("map.layer_reach")}</p>}
      <label class={carried.value ? "unseen" : "legend-choice"}>
        <span class="unseen">{t("map.layer")}</span>
        <select value={layer.value} onChange={(event) => showLayer(event.currentTarget.value as LayerId)}>
          {LAYERS.map((one) => (
            <option key={one} value={one}>
              {t(`map.layer_${one}`)}
            </option>
          ))}
        </select>
      </label>
      {shown && (
        <>
          <p class="legend-about">{about(id)}</p>
          {shown.ordered && <Ordered shown={shown} />}
          {!shown.ordered && shown.steps.length > 0 && <Named shown={shown} />}
          {id === "simultaneity" && (
            <label class="legend-safe">
              <input
                type="checkbox"
                checked={safeColours.value}
                onChange={(event) => (safeColours.value = event.currentTarget.checked)}
              />
              {t("panel.calendar.safe")}
            </label>
          )}
          {id === "borders" && compared.value.length < 2 && (study.value?.centres.length ?? 0) > 1 && (
            <p class="legend-unit quiet">{t("map.border_help")}</p>
          )}
          <p class="legend-unit quiet">
            {[shown.unit, waits ? shown.missing : "", stale.value && answer.value ? t("map.stale") : ""]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </>
      )}
    </section>
  );
}

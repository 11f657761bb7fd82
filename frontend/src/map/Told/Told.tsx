// What the map tells of a square: a short word at the pointer, and all figures of the one that was picked.
import { Icon } from "../../components/Icon/Icon.tsx";
import { COUNT, MINUTES, PEOPLE, SECONDS } from "../../numbers/forms.ts";
import { answerOf } from "../../state/answers.ts";
import { chosen, TODAY } from "../../state/drafts.ts";
import { numbers, t } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { study, studyMap } from "../../state/study.ts";
import { contextOf, nameIn } from "../facts.ts";
import { showLayer } from "../layers.ts";
import { shownLayer } from "../MapView/MapView.tsx";
import { carried, hovered, picked } from "../view.ts";
import "./Told.css";

/** Municipality and district of a square. */
export function placeOf(area: number): string {
  const properties = studyMap.value?.areas.features[area]?.properties;
  if (!properties) return "";
  const municipality = nameIn(study.value?.municipalities, properties.municipality);
  const district = properties.district ? nameIn(study.value?.districts, properties.district) : "";
  return district && district !== municipality ? `${municipality}, ${district}` : municipality;
}

/** Place and figure of the layer that is shown, as one sentence. */
export function sentenceOf(area: number): string {
  const context = contextOf(chosen.value?.id);
  if (!context) return placeOf(area);
  return `${placeOf(area)} · ${showLayer(shownLayer(), context).tell(area)}`;
}

export function Tip() {
  const at = hovered.value;
  if (!at || carried.value) return null;
  const text = sentenceOf(at.area);
  const left = at.x > window.innerWidth * 0.6;
  return (
    <p
      class={left ? "tip left" : "tip"}
      aria-hidden="true"
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
    >
      <span>{text}</span>
    </p>
  );
}

/** From this age on people are counted as old: the table of areas tells no other. */
const OLD = "70";

function rowsOf(area: number): readonly (readonly [string, string])[] {
  const properties = studyMap.value?.areas.features[area]?.properties;
  if (!properties) return [];
  const write = numbers.value;
  const answer = answerOf(chosen.value?.id);
  const now = service.value;
  const rows: [string, string | null][] = [
    ["map.fact_people", write.text(properties.people, PEOPLE)],
    ["map.fact_old", write.text(properties.people_70, PEOPLE)],
    ["map.fact_calls", write.plain(properties.incidents_a, { ...COUNT, digits: 1 })],
    ["map.fact_response", answer ? write.text(answer.areas.mean_s[area], MINUTES) : null],
    [
      "map.fact_difference",
      answer && chosen.value?.id !== TODAY
        ? write.text(answer.areas.difference_s[area], SECONDS, true)
        : null,
    ],
    ["map.fact_nearest", now ? nameIn(now.stations, now.areas_station[area]) : null],
    ["map.fact_drive", now ? write.text(now.areas_drive_s[area], MINUTES) : null],
    ["map.fact_centre", nameIn(study.value?.centres, now?.areas_centre[area] ?? properties.centre)],
    [
      "map.fact_organisation",
      nameIn(study.value?.organisations, now?.areas_organisation[area] ?? properties.organisation),
    ],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

export function Picked() {
  const area = picked.value;
  if (area === undefined) return null;
  return (
    <section class="picked" aria-label={t("map.picked")}>
      <header>
        <h2>{placeOf(area)}</h2>
        <button
          class="button plain icon"
          aria-label={t("shell.close")}
          onClick={() => (picked.value = undefined)}
        >
          <Icon name="close" />
        </button>
      </header>
      <dl>
        {rowsOf(area).map(([key, value]) => (
          <div key={key}>
            <dt>{t(key, { age: OLD })}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

// A mark on every border between centres, for the pointer and the tab key: it opens what holds there.
import { useContext, useMemo } from "preact/hooks";
import { t } from "../../state/language.ts";
import { study, studyMap } from "../../state/study.ts";
import { bordersOf, centreBorder, type Border } from "../centreBorder.ts";
import { nameIn } from "../facts.ts";
import { AfterContext } from "../MapView/MapView.tsx";
import { useScreenPlace } from "../Stations/useScreenPlace.ts";
import { border as open, showBorder } from "../view.ts";
import "./Borders.css";

export function Borders() {
  const after = useContext(AfterContext);
  const map = studyMap.value;
  const owners =
    after.value?.areas_centre ?? map?.areas.features.map(({ properties }) => properties.centre) ?? [];
  const found = useMemo(() => (map ? bordersOf(centreBorder(map, owners)) : []), [map, owners.join()]);
  return (
    <div class="places">
      {found.map((one) => (
        <Mark key={`${one.one}~${one.other}`} border={one} />
      ))}
    </div>
  );
}

function Mark({ border }: { border: Border }) {
  const element = useScreenPlace<HTMLButtonElement>(border);
  const now = open.value;
  const isOpen =
    now !== undefined &&
    [`${now.one}~${now.other}`, `${now.other}~${now.one}`].includes(`${border.one}~${border.other}`);
  const name = (id: string) => nameIn(study.value?.centres, id);
  const label = t("map.border", { one: name(border.one), other: name(border.other) });
  return (
    <button
      ref={element}
      class={isOpen ? "border-mark open" : "border-mark"}
      aria-label={label}
      title={label}
      aria-expanded={isOpen}
      onClick={() => showBorder(isOpen ? null : border)}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
        <path
          d="M2.5 5.5h10M9.5 2.5l3 3-3 3M13.5 10.5h-10M6.5 7.5l-3 3 3 3"
          stroke="currentColor"
          stroke-width="1.4"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
    </button>
  );
}

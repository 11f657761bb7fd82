// Nearer, farther, all of it: the buttons of the map, without those that change something.
import { Icon } from "../../components/Icon/Icon.tsx";
import { useEngine } from "../../map/MapView/MapView.tsx";
import { t } from "../../state/language.ts";
import { study, studyMap } from "../../state/study.ts";
import "../../map/Controls/Controls.css";

export function MapContextControls() {
  const engine = useEngine();
  const whole = () => {
    if (studyMap.value && study.value) engine.whole(studyMap.value, study.value.region);
  };
  return (
    <div class="map-controls" data-unpictured role="group" aria-label={t("map.controls")}>
      <button aria-label={t("map.nearer")} title={t("map.nearer")} onClick={() => engine.zoom(1)}>
        <Icon name="plus" />
      </button>
      <button aria-label={t("map.farther")} title={t("map.farther")} onClick={() => engine.zoom(-1)}>
        <Icon name="minus" />
      </button>
      <button aria-label={t("map.whole")} title={t("map.whole")} onClick={whole}>
        <Icon name="whole" />
      </button>
    </div>
  );
}

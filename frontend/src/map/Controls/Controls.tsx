// Nearer, farther, all of it; and a new station.
import { Icon, type IconName } from "../../components/Icon/Icon.tsx";
import { t } from "../../state/language.ts";
import { study, studyMap } from "../../state/study.ts";
import { useEngine } from "../MapView/MapView.tsx";
import { placing } from "../view.ts";
import "./Controls.css";

function Button({
  icon,
  label,
  onClick,
  pressed,
}: {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
}) {
  return (
    <button
      aria-label={label}
      title={label}
      onClick={onClick}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
    >
      <Icon name={icon} />
    </button>
  );
}

export function Controls() {
  const engine = useEngine();
  const whole = () => {
    if (studyMap.value && study.value) engine.whole(studyMap.value, study.value.region);
  };
  return (
    <div class="map-controls" role="group" aria-label={t("map.controls")}>
      <Button icon="plus" label={t("map.nearer")} onClick={() => engine.zoom(1)} />
      <Button icon="minus" label={t("map.farther")} onClick={() => engine.zoom(-1)} />
      <Button icon="whole" label={t("map.whole")} onClick={whole} />
      <Button
        icon="pin"
        label={t("map.new_station")}
        pressed={placing.value}
        onClick={() => (placing.value = !placing.value)}
      />
    </div>
  );
}

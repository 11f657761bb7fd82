// While a map is on the screen, it can be drawn as a picture by whoever is asked for one.
import { useEffect } from "preact/hooks";
import { chosen } from "../state/drafts.ts";
import { mapPicture, sourceText } from "../state/exports.ts";
import { say, t } from "../state/language.ts";
import { service } from "../state/service.ts";
import { study } from "../state/study.ts";
import { dark } from "../state/theme.ts";
import { contextOf } from "./facts.ts";
import { about } from "./Legend/Legend.tsx";
import { showLayer } from "./layers.ts";
import { shownLayer, useEngine } from "./MapView/MapView.tsx";
import { drawPicture } from "./picture/drawPicture.ts";
import { asFile, typeface } from "../picture/files.ts";

export function PictureMaker() {
  const engine = useEngine();
  useEffect(() => {
    mapPicture.value = async (form) => {
      const context = contextOf(chosen.peek()?.id);
      if (!context) throw new Error(t("map.loading"));
      const layer = showLayer(shownLayer(), context);
      const title = `${say(study.peek()?.title)} · ${t(`map.layer_${shownLayer()}`)}`;
      const now = service.peek();
      const scene = {
        engine,
        map: context.map,
        colours: layer.colours,
        atNames: layer.atNames,
        stations: now?.stations ?? [],
        standby: now?.standby_points ?? [],
        hospitals: study.peek()?.hospitals ?? [],
        dark: dark.peek(),
      };
      const told = { title, about: about(shownLayer()), source: sourceText() };
      return asFile(drawPicture(scene, layer, told, await typeface()), form);
    };
    return () => (mapPicture.value = undefined);
  }, [engine]);
  return null;
}

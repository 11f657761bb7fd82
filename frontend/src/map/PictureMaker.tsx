// While a map is on the screen, it can be drawn as a picture by whoever is asked for one.
import { useEffect } from "preact/hooks";
import { answer } from "../state/answers.ts";
import { chosen } from "../state/drafts.ts";
import { mapPicture } from "../state/exports.ts";
import { numbers, say, t } from "../state/language.ts";
import { service } from "../state/service.ts";
import { study } from "../state/study.ts";
import { dark } from "../state/theme.ts";
import { contextOf } from "./facts.ts";
import { about } from "./Legend/Legend.tsx";
import { showLayer } from "./layers.ts";
import { shownLayer, useEngine } from "./MapView/MapView.tsx";
import { drawPicture } from "./picture.ts";

function source(): string {
  const open = study.value;
  const replications = answer.value?.replications;
  return t(replications === undefined ? "export.source" : "export.source_simulated", {
    study: say(open?.title),
    year: open?.year ?? "",
    replications: numbers.value.whole(replications ?? 0),
    fingerprint: (open?.fingerprint ?? "").slice(0, 12),
  });
}

export function PictureMaker() {
  const engine = useEngine();
  useEffect(() => {
    mapPicture.value = () => {
      const context = contextOf(chosen.peek()?.id);
      if (!context) return Promise.reject(new Error(t("map.loading")));
      const told = { title: say(study.peek()?.title), about: about(shownLayer()), source: source() };
      return drawPicture(
        engine,
        service.peek()?.stations ?? [],
        showLayer(shownLayer(), context),
        { ...told, title: `${told.title} · ${t(`map.layer_${shownLayer()}`)}` },
        dark.peek(),
      );
    };
    return () => (mapPicture.value = undefined);
  }, [engine]);
  return null;
}

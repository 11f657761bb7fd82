// The sites of an answer on a map: those that stay, are new or given up, and what each covers.
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Cover, SitePlace } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { PERCENT, WHOLE_MINUTES, WHOLE_PERCENT } from "../../numbers/forms.ts";
import { useEngine } from "../../map/MapView/MapView.tsx";
import { ColourScale } from "../../map/MapFigure/ColourScale.tsx";
import { MapFigure } from "../../map/MapFigure/MapFigure.tsx";
import { blues, colourOf, names, RESPONSE } from "../../map/scales.ts";
import { roomForNames } from "../../map/Stations/roomForNames.ts";
import { useScreenPlace } from "../../map/Stations/useScreenPlace.ts";
import { dark } from "../../state/theme.ts";
import "../../map/Stations/Stations.css";
import "./SiteMap.css";

const COLOURS = ["minutes", "nearest", "share"] as const;
type Colours = (typeof COLOURS)[number];
const SHARE_EDGES = [0.001, 0.5, 0.999] as const;

const shareScale = (isDark: boolean) => {
  const all = blues(isDark);
  return { edges: SHARE_EDGES, colours: [all[0] ?? "", all[2] ?? "", all[3] ?? "", all[5] ?? ""] };
};

function coloursOf(cover: Cover, how: Colours, isDark: boolean): readonly (string | null)[] {
  if (how === "minutes") return cover.drive_s.map((seconds) => colourOf(RESPONSE, seconds));
  if (how === "share")
    return cover.share.map((share, area) =>
      (cover.nearest[area] ?? -1) < 0 ? null : colourOf(shareScale(isDark), share),
    );
  const inks = names(isDark);
  return cover.nearest.map((site) => (site < 0 ? null : (inks[site % inks.length] ?? null)));
}

interface Props {
  readonly sites: readonly SitePlace[];
  readonly cover: Cover;
}

export function SiteMap({ sites, cover }: Props) {
  const { say, numbers } = useTexts();
  const [how, setHow] = useState<Colours>("minutes");
  const [all, setAll] = useState(false);
  const shown = useSignal({ cover, how });
  useEffect(() => {
    shown.value = { cover, how };
  }, [cover, how]);
  const colours = useComputed(() => coloursOf(shown.value.cover, shown.value.how, dark.value));
  const count = (status: string) => cover.sites.filter((one) => one.status === status).length;
  const within = cover.sites.reduce((sum, one) => sum + one.within, 0);
  const calls = cover.sites.reduce((sum, one) => sum + one.calls, 0);
  const alt = say("siting.map_alt", {
    kept: count("kept"),
    new: count("new"),
    given_up: count("given_up"),
    share: numbers.text(calls > 0 ? within / calls : 0, PERCENT),
  });
  return (
    <MapFigure
      colours={colours}
      layers={COLOURS.map((one) => [one, say(`siting.map_${one}`)])}
      chosen={how}
      onChoose={(id) => setHow(COLOURS.find((one) => one === id) ?? "minutes")}
      label={say("siting.map_layer")}
      tools={
        <label class="ask-tick" data-unpictured>
          <input
            type="checkbox"
            checked={all}
            onChange={({ currentTarget }) => setAll(currentTarget.checked)}
          />
          {say("siting.show_candidates")}
        </label>
      }
      legend={<Legend how={how} />}
      caption={alt}
    >
      <Marks sites={sites} cover={cover} all={all} />
    </MapFigure>
  );
}

/** What the colours and marks mean; the colours of nearest sites are named by the marks in their middle. */
function Legend({ how }: { how: Colours }) {
  const { say, numbers } = useTexts();
  const marks = ["kept", "new", "given_up"] as const;
  const share = (step: number) => (step === 0 ? 0 : step === SHARE_EDGES.length ? 1 : undefined);
  return (
    <>
      {how === "minutes" && (
        <ColourScale
          steps={RESPONSE.colours.map((colour, step) => {
            const edge = RESPONSE.edges[step];
            return { colour, label: edge === undefined ? "" : numbers.plain(edge, WHOLE_MINUTES) };
          })}
        />
      )}
      {how === "share" && (
        <ColourScale
          steps={shareScale(dark.value).colours.map((colour, step) => {
            const edge = share(step);
            return { colour, label: edge === undefined ? "" : numbers.text(edge, WHOLE_PERCENT) };
          })}
        />
      )}
      <ul class="site-map-marks">
        {marks.map((one) => (
          <li key={one}>
            <span class={`station ${CLASSES[one]}`} aria-hidden="true">
              <span class="station-dot">{one === "given_up" ? "×" : ""}</span>
            </span>
            {say(`siting.${one}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

const CLASSES: Readonly<Record<string, string>> = { kept: "", new: "new", given_up: "gone" };

function Marks({ sites, cover, all }: Props & { all: boolean }) {
  const engine = useEngine();
  const [labelled, setLabelled] = useState<ReadonlyMap<string, "right" | "left">>(new Map());
  const byId = new Map(sites.map((one) => [one.id, one]));
  const placed = cover.sites.flatMap((one) => {
    const site = byId.get(one.site);
    return site ? [{ ...one, place: site, name: site.short }] : [];
  });
  const spots = useSignal(placed);
  useEffect(() => {
    spots.value = placed;
  }, [cover, sites]);
  useSignalEffect(() => {
    const now = engine.moved.value >= 0 ? spots.value : [];
    const at = new Map(now.map((one) => [one.site, engine.pixel(one.place)]));
    setLabelled(
      roomForNames(
        now.map((one) => ({ id: one.site, name: one.name, units: one.units })),
        (id) => at.get(id) ?? { x: 0, y: 0 },
      ),
    );
  });
  const used = new Set(cover.sites.map((one) => one.site));
  return (
    <div class="places site-marks">
      {all && sites.filter((one) => !used.has(one.id)).map((one) => <Candidate key={one.id} site={one} />)}
      {placed.map((one) => (
        <Mark
          key={one.site}
          spot={one.place}
          name={one.name}
          status={one.status}
          units={one.units}
          label={labelled.get(one.site)}
        />
      ))}
    </div>
  );
}

interface MarkProps {
  readonly spot: SitePlace;
  readonly name: string;
  readonly status: string;
  readonly units: number;
  readonly label: "right" | "left" | undefined;
}

function Mark({ spot, name, status, units, label }: MarkProps) {
  const { say, local } = useTexts();
  const element = useScreenPlace<HTMLSpanElement>(spot);
  const spoken = `${local(spot.name)}, ${say(`siting.${status}`)}`;
  return (
    <span
      ref={element}
      class={`station ${CLASSES[status] ?? ""}`}
      role="img"
      aria-label={spoken}
      title={spoken}
    >
      <span class="station-dot">{status === "given_up" ? "×" : units}</span>
      {label && name && <span class={`station-name ${label}`}>{name}</span>}
    </span>
  );
}

function Candidate({ site }: { site: SitePlace }) {
  const { say, local } = useTexts();
  const element = useScreenPlace<HTMLSpanElement>(site);
  const spoken = `${local(site.name)}, ${say("siting.not_used")}`;
  return (
    <span ref={element} class="site-candidate" role="img" aria-label={spoken} title={spoken}>
      <i />
    </span>
  );
}

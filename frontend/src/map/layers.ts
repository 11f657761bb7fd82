// What can be laid on the map: for each layer the colour of every square, its legend, and what is told of a square.
import type { AlternativeAnswer, Drives, Named, Service, StudyMap, Target } from "../api/types.ts";
import type { Numbers } from "../numbers/format.ts";
import { COUNT, MINUTES, PEOPLE, PERCENT, SECONDS } from "../numbers/forms.ts";
import { atOnce } from "./atOnce.ts";
import { stationColours } from "./nearest.ts";
import * as scales from "./scales.ts";
import { classOf, colourOf, type Scale } from "./scales.ts";

export const LAYERS = [
  "response",
  "difference",
  "reach",
  "nearest",
  "people",
  "calls",
  "flows",
  "help",
  "simultaneity",
  "borders",
] as const;
export type LayerId = (typeof LAYERS)[number];

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface Context {
  readonly map: StudyMap;
  readonly service: Service | undefined;
  readonly answer: AlternativeAnswer | undefined;
  readonly drives: Drives | undefined;
  readonly targets: readonly Target[];
  readonly centres: readonly Named[];
  readonly organisations: readonly Named[];
  readonly dark: boolean;
  /** Whether steps of simultaneity have shades that the colour-blind tell apart. */
  readonly safe: boolean;
  readonly t: Say;
  readonly numbers: Numbers;
}

export interface Step {
  readonly colour: string;
  /** Of an ordered scale the edge to the next step; else a name. */
  readonly label: string;
}
/** A line across the legend, between two of its steps. */
export interface Mark {
  readonly after: number;
  readonly label: string;
}
export interface Layer {
  readonly colours: readonly (string | null)[];
  readonly steps: readonly Step[];
  readonly marks: readonly Mark[];
  /** Whether steps are of one ordered scale, drawn without gaps, or names of their own. */
  readonly ordered: boolean;
  readonly unit: string;
  /** The figure of one square in words, with its unit. */
  readonly tell: (area: number) => string;
  /** What is said instead of a figure where there is none yet. */
  readonly missing: string;
  /** Of a layer of municipalities, the figure that stands at the name of each. */
  readonly atNames?: ReadonlyMap<string, string>;
}

type Values = readonly (number | null | undefined)[];

function byScale(
  { t }: Context,
  scale: Scale,
  values: Values,
  labels: readonly string[],
  unit: string,
  write: (value: number) => string,
  marks: readonly Mark[] = [],
): Layer {
  return {
    colours: values.map((value) => colourOf(scale, value)),
    steps: scale.colours.map((colour, index) => ({ colour, label: labels[index] ?? "" })),
    marks,
    ordered: true,
    unit,
    tell: (area) => {
      const value = values[area];
      return value === null || value === undefined ? t("map.no_value") : write(value);
    },
    missing: t("map.waiting"),
  };
}

/** The edge between every class and the next; the last class has none. */
const upperEdges = (edges: readonly number[], write: (edge: number) => string): string[] => edges.map(write);

const plain = (numbers: Numbers) => (edge: number) =>
  numbers.plain(edge, { ...COUNT, digits: Number.isInteger(edge) ? 0 : 1 });

/** Where the acute targets lie on the scale: one mark per limit. */
export function targetMarks({ targets, t }: Context, urgency: string): Mark[] {
  return targets
    .filter((target) => target.urgency === urgency)
    .map(({ minutes, where }) => ({
      after: classOf(scales.RESPONSE, minutes * 60),
      label: t(`map.target_${where}`, { minutes }),
    }));
}

function response(context: Context): Layer {
  const { answer, numbers, t } = context;
  const labels = upperEdges(scales.RESPONSE.edges, (edge) => String(edge / 60));
  const values = answer?.areas.mean_s ?? [];
  const write = (value: number) => numbers.text(value, MINUTES);
  return byScale(
    context,
    scales.RESPONSE,
    values,
    labels,
    t("map.unit_min"),
    write,
    targetMarks(context, "A"),
  );
}

function difference(context: Context): Layer {
  const { answer, numbers, t } = context;
  const edges = scales.DIFFERENCE.edges;
  const labels = upperEdges(edges, (edge) => numbers.plain(edge, SECONDS, true));
  const write = (value: number) => numbers.text(value, SECONDS, true);
  return byScale(
    context,
    scales.difference(context.dark),
    answer?.areas.difference_s ?? [],
    labels,
    t("map.unit_s"),
    write,
  );
}

function reach(context: Context): Layer {
  const { drives, dark, numbers, t } = context;
  const labels = scales.REACH_MINUTES.map(String);
  const write = (value: number) => numbers.text(value, MINUTES);
  const layer = byScale(context, scales.reach(dark), drives?.seconds ?? [], labels, t("map.unit_min"), write);
  return { ...layer, missing: t("map.choose_station") };
}

function nearest(context: Context): Layer {
  const { service, dark, t } = context;
  const palette = scales.names(dark);
  const stations = (service?.stations ?? []).filter((one) => one.change !== "gone" && one.units > 0);
  const numbered = stationColours(stations, palette.length);
  const colour = (id: string | null) => palette[numbered.get(id ?? "") ?? -1] ?? null;
  return {
    colours: (service?.areas_station ?? []).map(colour),
    steps: stations.map(({ id, name }) => ({ colour: colour(id) ?? "", label: name })),
    marks: [],
    ordered: false,
    unit: "",
    tell: (area) => {
      const seconds = service?.areas_drive_s[area];
      const drive = context.numbers.text(seconds, MINUTES);
      const name = stations.find(({ id }) => id === service?.areas_station[area])?.name;
      return `${name ?? "–"} · ${t("map.drive", { drive })}`;
    },
    missing: t("map.waiting"),
  };
}

function people(context: Context): Layer {
  const { map, dark, numbers, t } = context;
  const scale = scales.people(dark);
  const values = map.areas.features.map(({ properties }) => properties.people);
  const write = (value: number) => t("map.people_here", { people: numbers.text(value, PEOPLE) });
  return byScale(
    context,
    scale,
    values,
    upperEdges(scale.edges, plain(numbers)),
    t("map.unit_people"),
    write,
  );
}

function calls(context: Context): Layer {
  const { map, dark, numbers, t } = context;
  const scale = scales.incidents(dark);
  const values = map.areas.features.map(({ properties }) => properties.incidents_a);
  const write = (value: number) =>
    t("map.calls_here", { calls: numbers.plain(value, { ...COUNT, digits: 1 }) });
  return byScale(context, scale, values, upperEdges(scale.edges, plain(numbers)), t("map.unit_calls"), write);
}

/** The share of every municipality's missions that organisations other than its own run. */
export function helpShares({ map, service, answer }: Context): ReadonlyMap<string, number> {
  const own = new Map<string, Map<string, number>>();
  map.areas.features.forEach(({ properties }, area) => {
    const organisation = service?.areas_organisation[area] ?? properties.organisation;
    const counts = own.get(properties.municipality) ?? new Map<string, number>();
    counts.set(organisation, (counts.get(organisation) ?? 0) + properties.people);
    own.set(properties.municipality, counts);
  });
  const shares = new Map<string, number>();
  for (const [municipality, counts] of own) {
    const home = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one))[0];
    const flows = (answer?.flows ?? []).filter((flow) => flow.municipality === municipality);
    const all = flows.reduce((sum, flow) => sum + flow.missions, 0);
    const others = flows
      .filter((flow) => flow.organisation !== home)
      .reduce((sum, flow) => sum + flow.missions, 0);
    if (all > 0) shares.set(municipality, others / all);
  }
  return shares;
}

function help(context: Context): Layer {
  const { map, dark, numbers, t } = context;
  const scale = scales.help(dark);
  const shares = helpShares(context);
  const values = map.areas.features.map(({ properties }) => shares.get(properties.municipality));
  const labels = upperEdges(scale.edges, (edge) => numbers.plain(edge, { ...PERCENT, digits: 0 }));
  const write = (value: number) => t("map.help_here", { share: numbers.text(value, PERCENT) });
  return byScale(context, scale, values, labels, t("map.unit_percent"), write);
}

/** In every municipality, how many units of others are at work at once in one clock hour in ten. */
function simultaneity(context: Context): Layer {
  const { map, answer, dark, safe, numbers, t } = context;
  const colours = scales.levels(dark, safe);
  const top = colours.length - 1;
  const name = (level: number) => t(level === top ? "map.level_most" : "map.level", { level });
  const found = new Map((answer?.simultaneity ?? []).map((one) => [one.municipality, one]));
  const levels = new Map([...found].map(([id, { hours }]) => [id, atOnce(hours)]));
  const municipality = (area: number) => map.areas.features[area]?.properties.municipality ?? "";
  return {
    colours: map.areas.features.map((_, area) => colours[levels.get(municipality(area)) ?? -1] ?? null),
    steps: colours.map((colour, level) => ({ colour, label: name(level) })),
    marks: [],
    ordered: false,
    unit: t("map.unit_at_once"),
    tell: (area) => {
      const one = found.get(municipality(area));
      if (!one) return t("map.no_value");
      const none = numbers.text(one.hours[0] ?? 0, PERCENT);
      const level = atOnce(one.hours);
      return level === 0 ? t("map.at_once_none", { none }) : t("map.at_once_here", { level, none });
    },
    missing: t("map.waiting"),
    atNames: new Map([...levels].map(([id, level]) => [id, name(level)])),
  };
}

function borders(context: Context): Layer {
  const { map, service, dark, t } = context;
  const nameOf = (id: string) => context.centres.find((centre) => centre.id === id)?.name ?? id;
  const palette = scales.names(dark);
  const centres = [...new Set(map.areas.features.map(({ properties }) => properties.centre))].sort();
  const owner = (area: number) =>
    service?.areas_centre[area] ?? map.areas.features[area]?.properties.centre ?? "";
  const distance = (area: number) =>
    service ? service.areas_border_km[area] : map.areas.features[area]?.properties.border_km;
  const near = (area: number) => (distance(area) ?? Infinity) <= map.band_km;
  const colour = (area: number) => {
    const base = palette[centres.indexOf(owner(area)) % palette.length] ?? "#888888";
    return near(area) ? base : `${base}59`;
  };
  const band = (centre: string) => t("map.band", { centre: nameOf(centre), km: map.band_km });
  return {
    colours: map.areas.features.map((_, area) => colour(area)),
    steps: centres.flatMap((centre, index) => {
      const base = palette[index % palette.length] ?? "";
      return [
        { colour: `${base}59`, label: nameOf(centre) },
        { colour: base, label: band(centre) },
      ];
    }),
    marks: [],
    ordered: false,
    unit: "",
    tell: (area) => (near(area) ? band(owner(area)) : nameOf(owner(area))),
    missing: "",
  };
}

/** Under flows the squares stay quiet: the arrows tell. */
function flows(context: Context): Layer {
  const { answer, organisations, dark, t } = context;
  const running = new Set(answer?.flows.map((flow) => flow.organisation));
  const inks = scales.organisations(dark);
  return {
    ...help(context),
    colours: [],
    steps: organisations.flatMap(({ id, name }, index) =>
      running.has(id) ? [{ colour: inks[index % inks.length] ?? "", label: name }] : [],
    ),
    unit: t("map.unit_flows"),
    ordered: false,
  };
}

const MAKERS: Readonly<Record<LayerId, (context: Context) => Layer>> = {
  response,
  difference,
  reach,
  nearest,
  people,
  calls,
  flows,
  help,
  simultaneity,
  borders,
};

export const showLayer = (id: LayerId, context: Context): Layer => MAKERS[id](context);

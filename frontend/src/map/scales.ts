// From a figure to its colour. Edges are fixed, so that a legend matches its map for every alternative and in every theme.
import {
  DIFFERENCE_COLOURS,
  DIFFERENCE_SECONDS,
  INKS,
  RESPONSE_COLOURS,
  RESPONSE_MINUTES,
} from "../theme/scales.ts";

export interface Scale {
  /** Upper edges of all classes but the last, which has none. */
  readonly edges: readonly number[];
  readonly colours: readonly string[];
}

/** The class of a value: the first whose upper edge is not below it. */
export function classOf(scale: Scale, value: number): number {
  const found = scale.edges.findIndex((edge) => value <= edge);
  return found < 0 ? scale.colours.length - 1 : found;
}

export function colourOf(scale: Scale, value: number | null | undefined): string | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return scale.colours[classOf(scale, value)] ?? null;
}

/** Of seconds. */
export const RESPONSE: Scale = {
  edges: RESPONSE_MINUTES.map((minutes) => minutes * 60),
  colours: RESPONSE_COLOURS,
};
export const DIFFERENCE: Scale = { edges: DIFFERENCE_SECONDS, colours: DIFFERENCE_COLOURS };

const BLUES_LIGHT = ["#dfeaf2", "#c0d8e8", "#96bfd9", "#5f9bc1", "#2f78a6", "#14537f", "#0a3253"];
const BLUES_DARK = ["#1f303c", "#24435a", "#2b5a7a", "#3877a0", "#5397c2", "#84b9dd", "#bfe0f6"];
/** More is stronger: darker on light ground, lighter on dark. */
export const blues = (dark: boolean) => (dark ? BLUES_DARK : BLUES_LIGHT);

export const people = (dark: boolean): Scale => ({
  edges: [10, 50, 200, 500, 1000, 2000],
  colours: blues(dark),
});
export const incidents = (dark: boolean): Scale => ({ edges: [0.5, 2, 8, 20, 40, 80], colours: blues(dark) });

export const REACH_MINUTES = [10, 15, 20] as const;
export const reach = (dark: boolean): Scale => ({
  edges: REACH_MINUTES.map((minutes) => minutes * 60),
  colours: dark ? ["#84b9dd", "#3f7ea8", "#2a4c63", "#23282d"] : ["#14537f", "#5f9bc1", "#b4d2e4", "#eceeed"],
});

const MIDDLE = (DIFFERENCE_COLOURS.length - 1) / 2;
/** On dark ground the middle of the differences steps back, so that what changes is seen. */
export const difference = (dark: boolean): Scale =>
  dark
    ? { ...DIFFERENCE, colours: DIFFERENCE.colours.map((one, n) => (n === MIDDLE ? `${one}40` : one)) }
    : DIFFERENCE;

const LEVELS = ["level-0", "level-1", "level-2", "level-3", "level-4", "level-5"] as const;
/** Shares of a municipality's missions that others run, in the steps in which the regional study paints simultaneity. */
export const help = (dark: boolean): Scale => ({
  edges: [0.02, 0.05, 0.1, 0.2, 0.35],
  colours: LEVELS.map((level) => INKS[level][dark ? "dark" : "light"]),
});

/** Of the calendar of simultaneity: none, one, two … units at once. Its shades for the colour-blind are those of the calendar. */
const SAFE_LEVELS = ["#c8e020", "#4ac16d", "#1f9a8a", "#365c8d", "#440154"];
const SAFE_LEVELS_DARK = ["#5b2a86", "#365c8d", "#1f9a8a", "#4ac16d", "#dcec3c"];
export const levels = (dark: boolean, safe: boolean): readonly string[] => {
  const [none, ...some] = LEVELS.map((level) => INKS[level][dark ? "dark" : "light"]);
  return [none ?? "", ...(safe ? (dark ? SAFE_LEVELS_DARK : SAFE_LEVELS) : some)];
};

const ALTERNATIVES = ["alt-0", "alt-2", "alt-3", "alt-4", "alt-1", "alt-5"] as const;
/** A colour for every organisation, in the order of the study. */
export const organisations = (dark: boolean): readonly string[] =>
  ALTERNATIVES.map((one) => INKS[one][dark ? "dark" : "light"]);

/** Soft colours for what has only names: neighbours get different ones. */
export const names = (dark: boolean): readonly string[] =>
  dark
    ? ["#2f5d7c", "#6f5a2a", "#2c6656", "#6d3f5a", "#4c5563", "#6b4a34"]
    : ["#a9cbe2", "#ecd79b", "#a6d3c3", "#e2b9cf", "#c7ccd4", "#e6bfa3"];

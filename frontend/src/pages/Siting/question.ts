// A question to a model of siting while it is being asked: what the form holds, and what is sent of it.
import type { ModelList, SiteQuestion, SitingModel } from "../../api/analyses.ts";

export type Urgency = "A" | "H" | "V";
export type Lock = "free" | "open" | "closed";
export type Parts = "all" | "day-evening-night" | "hours" | "own";

export interface Asked {
  readonly model: string;
  readonly alternative: string;
  readonly stations: number | null;
  readonly units: number | null;
  readonly locks: Readonly<Record<string, Lock>>;
  readonly urgencies: readonly string[];
  readonly minutes: Readonly<Partial<Record<Urgency, number>>>;
  readonly parts: Parts;
  readonly ownParts: string;
  readonly candidates: string;
  readonly onlyCandidates: boolean;
  readonly latticeKm: number | null;
  readonly borders: "open" | "closed" | "share";
  readonly borderShare: number | null;
  readonly namedBorders: string;
  readonly borderOf: "centre" | "organisation";
  readonly budget: number | null;
  readonly budgetUnit: "units" | "fte" | "nok";
  readonly unitCost: number | null;
  readonly openingCost: number | null;
  readonly movingCost: number | null;
  readonly capacity: number | null;
  readonly k: number | null;
  readonly withinPercent: number | null;
  readonly first: string;
  readonly second: string;
  readonly gap: number | null;
  readonly seconds: number | null;
  /** Settings of models, by their names; numbers or choices. */
  readonly settings: Readonly<Record<string, number | string | null>>;
}

/** As it stands when the page is opened: as many stations as today, the five best, against their number. */
export const beginning = (today: number): Asked => ({
  model: "mclp",
  alternative: "today",
  stations: today || 1,
  units: null,
  locks: {},
  urgencies: ["A"],
  minutes: {},
  parts: "all",
  ownParts: "",
  candidates: "",
  onlyCandidates: false,
  latticeKm: 4,
  borders: "open",
  borderShare: 0.8,
  namedBorders: "",
  borderOf: "centre",
  budget: null,
  budgetUnit: "units",
  unitCost: null,
  openingCost: null,
  movingCost: null,
  capacity: null,
  k: 5,
  withinPercent: null,
  first: "covered",
  second: "",
  gap: 0,
  seconds: 120,
  settings: {},
});

/** The settings that are read: by the model, and by the criteria that are traded. */
export function settingsRead(
  asked: Asked,
  list: ModelList,
  model: SitingModel | undefined,
): readonly string[] {
  const traded = asked.second ? [asked.first, asked.second] : [];
  const ofCriteria = list.criteria.filter((one) => traded.includes(one.id)).flatMap((one) => one.settings);
  return [...new Set([...(model?.settings ?? []), ...ofCriteria])];
}

const listed = (text: string) =>
  text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);

/** What is sent: only what the model reads, so that a setting left over from another model troubles nobody. */
export function questionOf(asked: Asked, list: ModelList): SiteQuestion {
  const model = list.models.find((one) => one.id === asked.model);
  const ofUnits = model?.counts === "units";
  const read = settingsRead(asked, list, model);
  const settings = Object.fromEntries(
    Object.entries(asked.settings).filter(
      ([name, value]) => read.includes(name) && value !== null && value !== "",
    ),
  );
  const locks = Object.entries(asked.locks).filter(([, lock]) => lock !== "free");
  const minutes = Object.entries(asked.minutes).filter(([urgency]) => asked.urgencies.includes(urgency));
  const parts = asked.parts === "own" ? asked.ownParts.trim() : asked.parts === "all" ? null : asked.parts;
  return {
    model: asked.model,
    alternative: asked.alternative === "today" ? null : asked.alternative,
    stations: model?.needs_number ? asked.stations : null,
    units: ofUnits ? asked.units : null,
    locks: locks.map(([site, lock]) => `${lock}:${site}`),
    urgencies: asked.urgencies as Urgency[],
    minutes: Object.fromEntries(minutes),
    periods: ofUnits ? parts : null,
    candidates: asked.candidates.trim() ? asked.candidates : null,
    only_candidates: asked.onlyCandidates && asked.candidates.trim() !== "",
    lattice_km: asked.latticeKm,
    borders: asked.borders === "share" ? String(asked.borderShare ?? 1) : asked.borders,
    named_borders: listed(asked.namedBorders),
    border_of: asked.borderOf,
    budget: asked.budget,
    budget_unit: asked.budget === null ? null : asked.budgetUnit,
    unit_cost: asked.unitCost,
    opening_cost: asked.openingCost,
    moving_cost: asked.movingCost,
    capacity: ofUnits ? asked.capacity : null,
    k: asked.k ?? 1,
    within_percent: asked.withinPercent,
    trade_off: asked.second ? [asked.first, asked.second] : null,
    gap: asked.gap ?? 0,
    seconds: asked.seconds,
    ...settings,
  };
}

/** What a part of the form is given: what is asked, and how to ask otherwise. */
export interface PartProps {
  readonly asked: Asked;
  readonly change: (changes: Partial<Asked>) => void;
}

/** Marks and units of the three languages: the same as in the printed report, which a test compares. */
import type { UnitName } from "./forms.ts";

export type Language = "nb" | "nn" | "en";

export interface Marks {
  decimal: string;
  thousands: string;
  /** Between two ends of which one has a sign. */
  to: string;
  noInterval: string;
  units: Readonly<Record<UnitName, string>>;
}

const NB: Marks = {
  decimal: ",",
  thousands: "\u202f",
  to: "{low} til {high}",
  noInterval: "(uten intervall)",
  units: {
    count: "{number}",
    people: "{number}",
    units: "{number}",
    min: "{number}\u00a0min",
    s: "{number}\u00a0s",
    h: "{number}\u00a0t",
    km: "{number}\u00a0km",
    percent: "{number}\u00a0%",
    points: "{number}\u00a0pp",
    days: "{number}\u00a0døgn",
    fte: "{number}\u00a0årsverk",
    million_nok: "{number}\u00a0millioner kroner",
  },
};

const NN: Marks = {
  ...NB,
  noInterval: "(utan intervall)",
  units: { ...NB.units, million_nok: "{number}\u00a0millionar kroner" },
};

const EN: Marks = {
  decimal: ".",
  thousands: ",",
  to: "{low} to {high}",
  noInterval: "(no interval)",
  units: {
    ...NB.units,
    h: "{number}\u00a0h",
    percent: "{number}%",
    days: "{number}\u00a0days",
    fte: "{number}\u00a0FTE",
    million_nok: "NOK\u00a0{number}\u00a0million",
  },
};

export const MARKS: Readonly<Record<Language, Marks>> = { nb: NB, nn: NN, en: EN };

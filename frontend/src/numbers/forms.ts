/** How an amount is written: its unit, its scale and its decimals, as in the printed report. */

export type UnitName =
  | "count"
  | "people"
  | "units"
  | "min"
  | "s"
  | "h"
  | "km"
  | "percent"
  | "points"
  | "days"
  | "fte"
  | "million_nok";

export interface Form {
  unit: UnitName;
  factor: number;
  digits: number;
}

const form = (unit: UnitName, factor = 1, digits = 0): Form => ({ unit, factor, digits });

export const COUNT = form("count");
export const PEOPLE = form("people");
/** Of seconds. */
export const MINUTES = form("min", 1 / 60, 1);
export const WHOLE_MINUTES = form("min", 1 / 60);
export const SECONDS = form("s");
/** Of shares from 0 to 1. */
export const PERCENT = form("percent", 100, 1);
export const WHOLE_PERCENT = form("percent", 100);
/** Of differences between shares, in percentage points. */
export const POINTS = form("points", 100, 1);
/** Of differences in percentage points already. */
export const WHOLE_POINTS = form("points", 1, 2);
/** Expected incidents of an hour. */
export const INCIDENTS = form("count", 1, 1);
export const HOURS = form("h");
export const DAYS = form("days");
export const KM = form("km");
export const UNITS = form("units", 1, 2);
export const FTE = form("fte", 1, 1);
export const MILLION_NOK = form("million_nok", 1e-6, 1);

interface Pair {
  level: Form;
  difference: Form;
}

const PAIRS: Readonly<Record<string, Pair>> = {
  share: { level: PERCENT, difference: POINTS },
  s: { level: MINUTES, difference: SECONDS },
  people: { level: PEOPLE, difference: PEOPLE },
  h: { level: HOURS, difference: HOURS },
  "h per year": { level: HOURS, difference: HOURS },
  days: { level: DAYS, difference: DAYS },
  "days per year": { level: DAYS, difference: DAYS },
  km: { level: KM, difference: KM },
  "km per year": { level: KM, difference: KM },
  units: { level: UNITS, difference: UNITS },
  fte: { level: FTE, difference: FTE },
  nok: { level: MILLION_NOK, difference: MILLION_NOK },
};

/** How levels of a unit are written: times in minutes, shares in per cent. */
export const levelForm = (unit: string): Form => PAIRS[unit]?.level ?? COUNT;

/** How differences of a unit are written: times in seconds, shares in percentage points. */
export const differenceForm = (unit: string): Form => PAIRS[unit]?.difference ?? COUNT;

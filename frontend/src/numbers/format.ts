/** Figures as text: the only place on the screen where a number becomes part of a sentence. */
import type { Form } from "./forms.ts";
import { MARKS, type Language, type Marks } from "./marks.ts";

export type { Language } from "./marks.ts";

export const MINUS = "\u2212";
const NONE = "–";

/** A figure and the ends of its interval, null where there is none. */
interface Interval {
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface Numbers {
  /** Without its unit; with a plus sign above zero when `signed`; a dash when it is not known. */
  plain(value: number | null | undefined, form: Form, signed?: boolean): string;
  /** With its unit: "12,4 min", "86.2%". */
  text(value: number | null | undefined, form: Form, signed?: boolean): string;
  /** The interval in brackets, without unit; signs only where there are both. */
  interval(estimate: Interval, form: Form, signed?: boolean): string;
  /** Figure, unit and interval: "12,4 min (12,1–12,7)"; alone where nothing varies. */
  estimate(estimate: Interval | null | undefined, form: Form, signed?: boolean): string;
  /** A whole number that counts something, with thousands marks. */
  whole(value: number): string;
  /** An hour of the day, 0 to 24, in two digits. */
  hour(hour: number): string;
  /** Seconds after midnight as hours and minutes. */
  clock(seconds: number): string;
}

/** The way a language writes figures. */
export function makeNumbers(language: Language): Numbers {
  const marks = MARKS[language];
  const plain: Numbers["plain"] = (value, form, signed = false) => writePlain(marks, value, form, signed);
  const text: Numbers["text"] = (value, form, signed = false) => {
    if (!isKnown(value)) return NONE;
    return marks.units[form.unit].replace("{number}", plain(value, form, signed));
  };
  const interval: Numbers["interval"] = ({ low, high }, form, signed = false) => {
    if (!isKnown(low) || !isKnown(high)) return marks.noInterval;
    const both = signed && low < 0 && high > 0;
    return `(${writeSpan(marks, plain(low, form, both), plain(high, form, both))})`;
  };
  return {
    plain,
    text,
    interval,
    estimate(estimate, form, signed = false) {
      if (!estimate || !isKnown(estimate.value)) return NONE;
      const written = text(estimate.value, form, signed);
      const fixed = estimate.low === estimate.value && estimate.high === estimate.value;
      return fixed ? written : `${written} ${interval(estimate, form, signed)}`;
    },
    whole: (value) => plain(value, { unit: "count", factor: 1, digits: 0 }),
    hour: (hour) => String(hour).padStart(2, "0"),
    clock: (seconds) => {
      const minutes = Math.floor(seconds / 60);
      return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
    },
  };
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function writePlain(marks: Marks, value: number | null | undefined, form: Form, signed: boolean): string {
  if (!isKnown(value)) return NONE;
  const digits = Math.abs(value * form.factor).toFixed(form.digits);
  const isZero = Number(digits) === 0;
  const sign = isZero ? "" : value < 0 ? MINUS : signed ? "+" : "";
  const [whole = "0", decimals] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.thousands);
  return sign + grouped + (decimals ? marks.decimal + decimals : "");
}

function writeSpan(marks: Marks, low: string, high: string): string {
  const hasSign = [low, high].some((end) => end.startsWith(MINUS) || end.startsWith("+"));
  return hasSign ? marks.to.replace("{low}", low).replace("{high}", high) : `${low}–${high}`;
}

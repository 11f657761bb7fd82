// Moments as they are written: in English, too, with the day first and 24 hours, as on every clock of the service.
import { language } from "./language.ts";

/** What the browser is to write moments by. */
export const place = (): string => (language.value === "en" ? "en-GB" : language.value);

/** Seconds since 1970 as day and time where the reader is. */
export const moment = (at_s: number): string =>
  new Date(at_s * 1000).toLocaleString(place(), { dateStyle: "medium", timeStyle: "short" });

/** Seconds since 1970 as a day. */
export const day = (at_s: number): string =>
  new Date(at_s * 1000).toLocaleDateString(place(), { dateStyle: "medium" });

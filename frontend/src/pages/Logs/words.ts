// Figures and moments as the pages of mission logs write them.
import type { Numbers } from "../../numbers/format.ts";
import { MINUTES, SECONDS } from "../../numbers/forms.ts";
import type { useTexts } from "../../components/texts.ts";
import { place } from "../../state/moments.ts";

type Say = ReturnType<typeof useTexts>["say"];

const MEGABYTE = { unit: "count", factor: 1 / 2 ** 20, digits: 1 } as const;
const WHOLE_MEGABYTE = { unit: "count", factor: 1 / 2 ** 20, digits: 0 } as const;
const KILOBYTE = { unit: "count", factor: 1 / 2 ** 10, digits: 0 } as const;
const GIGABYTE = { unit: "count", factor: 1 / 2 ** 30, digits: 0 } as const;
const SMALL = 1e5;
const LARGE = 1e8;

/** A number of bytes. */
export function sizeText(say: Say, numbers: Numbers, bytes: number): string {
  if (bytes < SMALL) return say("panel.report.kilobytes", { size: numbers.plain(bytes, KILOBYTE) });
  if (bytes >= 2 ** 30) return say("logs.gigabytes", { size: numbers.plain(bytes, GIGABYTE) });
  return say("panel.report.megabytes", {
    size: numbers.plain(bytes, bytes < LARGE ? MEGABYTE : WHOLE_MEGABYTE),
  });
}

/** The day of a time of the server (UTC, ISO 8601) on a log's own clock. */
export const dayText = (iso: string, zone: string): string =>
  new Date(iso).toLocaleDateString(place(), { dateStyle: "medium", timeZone: zone });

/** Day and clock of a stamp on a log's own clock. */
export const stampText = (iso: string, zone: string): string =>
  new Date(iso).toLocaleString(place(), { dateStyle: "short", timeStyle: "medium", timeZone: zone });

/** The clock alone. */
export const clockText = (iso: string, zone: string): string =>
  new Date(iso).toLocaleTimeString(place(), { timeStyle: "medium", timeZone: zone });

/** A value of a rule of review in its unit: seconds as minutes where they are many. */
export function measured(say: Say, numbers: Numbers, value: number, unit: string): string {
  if (unit === "s") return numbers.text(value, value >= 100 ? MINUTES : SECONDS);
  const plain = numbers.plain(value, {
    unit: "count",
    factor: 1,
    digits: Number.isInteger(value) ? 0 : 1,
  });
  return say(`logs.unit.${unit}`, { value: plain });
}

// What is being typed into a form, as text, and the edit that it becomes: exactly as it stands in TOML.
import type { Edit, EditField, EditKind } from "../shapes.ts";

/** By key: a text, or several where a field takes several. What is empty is not given. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

/** Why a field cannot be used as it stands: a key of the language files, with what fills it. */
export interface Fault {
  readonly text: "required" | "not_number" | "not_whole" | "out_of_range" | "not_clock" | "not_id";
  readonly low?: number;
  readonly high?: number;
}

const SEVERAL = ["ids", "texts", "shifts"];
const NUMBERS = ["int", "float"];
const ID = /^[a-z0-9][a-z0-9_-]*$/;
const CLOCK = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

export const takesSeveral = (field: EditField): boolean => SEVERAL.includes(field.type);

/** An edit as a form shows it; nothing is filled in that was not given. */
export function draftOf(kind: EditKind, edit: Edit | undefined): Draft {
  const texts = kind.fields.map((field): [string, string | readonly string[]] => {
    const value = edit?.[field.key];
    if (takesSeveral(field)) return [field.key, Array.isArray(value) ? value.map(String) : []];
    return [field.key, typeof value === "string" || typeof value === "number" ? String(value) : ""];
  });
  return Object.fromEntries(texts);
}

const isEmpty = (value: string | readonly string[] | undefined): boolean =>
  value === undefined || (typeof value === "string" ? value.trim() === "" : value.length === 0);

/** A number as people type it, with a comma or a point. */
export const parseNumber = (text: string): number =>
  Number(text.trim().replace(",", ".").replace("\u2212", "-"));

/** What is wrong with what stands in a field, if anything is. */
export function faultOf(field: EditField, value: string | readonly string[] | undefined): Fault | null {
  if (isEmpty(value)) return field.required ? { text: "required" } : null;
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (NUMBERS.includes(field.type)) return numberFault(field, parseNumber(text));
  if (field.type === "clock" && !CLOCK.test(text)) return { text: "not_clock" };
  if (field.names_new && !ID.test(text)) return { text: "not_id" };
  return null;
}

function numberFault(field: EditField, number: number): Fault | null {
  if (!Number.isFinite(number)) return { text: "not_number" };
  if (field.type === "int" && !Number.isInteger(number)) return { text: "not_whole" };
  const low = field.minimum ?? Number.NEGATIVE_INFINITY;
  const high = field.maximum ?? Number.POSITIVE_INFINITY;
  return number < low || number > high ? { text: "out_of_range", low, high } : null;
}

/** The faults of a whole form by key; empty when it can be used. */
export function faultsOf(kind: EditKind, draft: Draft): Readonly<Record<string, Fault>> {
  const faults = kind.fields.flatMap((field): [string, Fault][] => {
    const fault = faultOf(field, draft[field.key]);
    return fault ? [[field.key, fault]] : [];
  });
  return Object.fromEntries(faults);
}

/** The edit of a form without faults: keys in the order of the dictionary, empty ones left out. */
export function editOf(kind: EditKind, draft: Draft): Edit {
  const given = kind.fields.flatMap((field): [string, unknown][] => {
    const value = draft[field.key];
    if (value === undefined || isEmpty(value)) return [];
    if (typeof value !== "string") return [[field.key, value]];
    return [[field.key, NUMBERS.includes(field.type) ? parseNumber(value) : value.trim()]];
  });
  return { edit: kind.kind, ...Object.fromEntries(given) };
}

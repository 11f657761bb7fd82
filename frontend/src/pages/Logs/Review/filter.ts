// What the list of cases is narrowed to. It stands in the address, so that a view can be shared.
import type { CaseFilter, LogForms } from "../../../api/logs.ts";
import { query } from "../../../state/location.ts";

export const ANY = "any";
export const UNDONE = "undone";
export const KEYS = ["status", "why", "unit", "town", "since", "until"] as const;

/** The filter as the form shows it: the status is one, all, or those that are not done. */
export interface Chosen extends Omit<CaseFilter, "status"> {
  readonly status: string;
}

/** The filter in the address. */
export const chosenFilter = (): Chosen => ({
  status: query("status") ?? UNDONE,
  rule: query("why") ?? "",
  unit: query("unit") ?? "",
  municipality: query("town") ?? "",
  since: query("since") ?? "",
  until: query("until") ?? "",
});

/** The filter as the server takes it. */
export function asked(chosen: Chosen, statuses: LogForms["statuses"]): CaseFilter {
  const undone = statuses.filter((one) => !one.done).map((one) => one.id);
  const status = chosen.status === ANY ? [] : chosen.status === UNDONE ? undone : [chosen.status];
  return { ...chosen, status };
}

/** Whether anything narrows the list but that done cases are left out. */
export const isNarrowed = (chosen: Chosen): boolean =>
  chosen.status !== UNDONE ||
  [chosen.rule, chosen.unit, chosen.municipality, chosen.since, chosen.until].some(Boolean);

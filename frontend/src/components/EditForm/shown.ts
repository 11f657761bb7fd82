// Which fields of a form are asked for, given what stands in the others: what has no effect is not asked.
import type { EditField, EditKind } from "../shapes.ts";
import type { Draft } from "./draft.ts";

type Condition = (draft: Draft) => boolean;

const CONDITIONS: Readonly<Record<string, Readonly<Record<string, Condition>>>> = {
  set_border_policy: {
    margin_s: (draft) => draft["policy"] !== "seamless" && draft["policy"] !== "own_only",
    ask_s: (draft) => draft["policy"] !== "own_only",
    view: (draft) => draft["policy"] !== "own_only",
    view_age_s: (draft) => draft["policy"] !== "own_only" && draft["view"] === "stale",
  },
  set_relocation: {
    table: (draft) => draft["rule"] === "priority_list" || draft["rule"] === "compliance",
    busy_fraction: (draft) => draft["rule"] === "dmexclp" || draft["rule"] === "zhang",
    cover_worth_min: (draft) => draft["rule"] === "zhang",
  },
  set_dispatch: {
    busy_fraction: (draft) => draft["rule"] === "least_loss",
    least_loss_for: (draft) => draft["rule"] === "least_loss",
  },
};

export function isAsked(kind: EditKind, field: EditField, draft: Draft): boolean {
  const value = draft[field.key];
  const isGiven = typeof value === "string" ? value !== "" : (value?.length ?? 0) > 0;
  return isGiven || (CONDITIONS[kind.kind]?.[field.key]?.(draft) ?? true);
}

// An answer made an alternative: a draft of its own, opened on the map.
import type { Plan } from "../../api/analyses.ts";
import type { Edit, Texts } from "../../api/types.ts";
import { alternatives, findAlternative, keepShared, newId, TODAY } from "../../state/drafts.ts";
import { go, linkTo, withQuery } from "../../state/location.ts";
import { study } from "../../state/study.ts";

/** Questions of the address that belong to the pages of analyses. */
const OWN = ["job", "answer", "point", "scenario", "station", "roster", "colours"] as const;

/** Make a draft of the edits of what was asked about and those of a plan, and open it on the map. */
export function makeAlternative(plan: Plan, about: string, title: Texts): string {
  const file = study.peek()?.alternatives.find((one) => one.id === about);
  const before = about === TODAY ? [] : (file?.edits ?? findAlternative(about)?.edits ?? []);
  const id = newId(alternatives.peek().map((one) => one.id));
  keepShared({
    id,
    title,
    description: {},
    note: {},
    edits: [...before, ...(plan.edits as readonly Edit[])],
  });
  const cleared = Object.fromEntries(OWN.map((name) => [name, null]));
  go(withQuery({ ...cleared, with: id }, new URL(linkTo("map"), window.location.href)));
  return id;
}

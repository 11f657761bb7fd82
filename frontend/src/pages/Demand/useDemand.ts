// Demand of the open study, asked anew when it is saved, when another language or other years are wanted.
import { demandClient } from "../../api/demand.ts";
import { finishedRuns } from "../../state/jobs.ts";
import { language } from "../../state/language.ts";
import { query } from "../../state/location.ts";
import { study } from "../../state/study.ts";
import { useAsked } from "../../components/useAsked.ts";

/** Later years that the address names. */
export const wantedYears = (): readonly number[] =>
  (query("to") ?? "")
    .split(",")
    .map(Number)
    .filter((year) => Number.isInteger(year) && year > 0);

export function useDemand() {
  const id = study.value?.id;
  const lang = language.value;
  const years = wantedYears();
  const parts = [id, study.value?.fingerprint, lang, years.join(), finishedRuns.value[0]?.id];
  return useAsked(
    async () => (id === undefined ? undefined : await demandClient.demand(id, lang, years)),
    parts.join(" "),
  );
}

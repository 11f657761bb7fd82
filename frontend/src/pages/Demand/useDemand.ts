// Demand of the open study, asked anew when it is saved, when another language or other years are wanted.
import { useEffect, useState } from "preact/hooks";
import { demandClient, type Demand } from "../../api/demand.ts";
import { asProblem } from "../../api/problem.ts";
import { finishedRuns } from "../../state/jobs.ts";
import { language } from "../../state/language.ts";
import { query } from "../../state/location.ts";
import { EMPTY, failed, loading, ready, type Remote } from "../../state/remote.ts";
import { study } from "../../state/study.ts";

/** Later years that the address names. */
export const wantedYears = (): readonly number[] =>
  (query("to") ?? "")
    .split(",")
    .map(Number)
    .filter((year) => Number.isInteger(year) && year > 0);

export function useDemand(): Remote<Demand> {
  const [demand, setDemand] = useState<Remote<Demand>>(EMPTY);
  const id = study.value?.id;
  const fingerprint = study.value?.fingerprint;
  const lang = language.value;
  const to = wantedYears().join(",");
  const run = finishedRuns.value[0]?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    let isWanted = true;
    setDemand(loading);
    demandClient.demand(id, lang, wantedYears()).then(
      (found) => isWanted && setDemand(ready(found)),
      (error: unknown) => isWanted && setDemand((before) => failed(asProblem(error), before)),
    );
    return () => {
      isWanted = false;
    };
  }, [id, fingerprint, lang, to, run]);
  return demand;
}

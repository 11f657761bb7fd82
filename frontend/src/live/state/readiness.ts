// What areas can expect, now and later, and when those who are on their way arrive.
import { effect, signal } from "@preact/signals";
import { asProblem } from "../../api/problem.ts";
import { EMPTY, failed, ready, type Remote } from "../../state/remote.ts";
import { stored } from "../../state/stored.ts";
import { live } from "../api/client.ts";
import type { Arrival, Readiness, Urgency } from "../api/types.ts";
import { calmly } from "./later.ts";
import { minute, picture } from "./picture.ts";
import { connection } from "./stream.ts";

const REST_MS = 5000;

export const urgency = stored<Urgency>("beredt.live.urgency", "A");
/** Minutes from now. */
export const horizon = stored<number>("beredt.live.horizon", 0);
export const readiness = signal<Remote<Readiness>>(EMPTY);
export const arrivals = signal<readonly Arrival[]>([]);

export function keepReadiness(): () => void {
  const ask = calmly(REST_MS, async () => {
    try {
      const [found, expected] = await Promise.all([live.readiness(urgency.peek()), live.arrivals()]);
      readiness.value = ready(found);
      arrivals.value = expected;
    } catch (error) {
      readiness.value = failed(asProblem(error), readiness.peek());
      setTimeout(ask, REST_MS); // the study may still be made ready
    }
  });
  return effect(() => {
    const now = [picture.value?.units, minute.value, urgency.value]; // asked anew when one of these changes
    if (now[0] && connection.value === "open") ask();
  });
}

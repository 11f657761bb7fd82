// What the page shows, read from what is asked and what was answered: nothing of it is kept.
import type { RiskAnswer, RiskForm, RiskLevel, RiskPicture, Spread, Stage } from "../../api/risk.ts";

export const STAGES: readonly Stage[] = ["before", "after"];
export const STEPS: readonly number[] = [1, 2, 3, 4, 5];
/** Rows of a matrix from the top: the likeliest first. */
export const DOWN: readonly number[] = [...STEPS].reverse();

export interface Place {
  readonly likelihood: number;
  readonly consequence: number;
}

export function levelAt(form: RiskForm, { likelihood, consequence }: Place): RiskLevel | undefined {
  const number = form.matrix[likelihood - 1]?.[consequence - 1];
  return form.levels.find((one) => one.level === number);
}

/** Where an answer stands at a stage; null while one of the pair is missing. */
export function placeOf(answer: RiskAnswer, stage: Stage): Place | null {
  const likelihood = stage === "before" ? answer.likelihood_before : answer.likelihood_after;
  const consequence = stage === "before" ? answer.consequence_before : answer.consequence_after;
  return likelihood === null || consequence === null ? null : { likelihood, consequence };
}

/** The part of an answer that puts it in a place, or takes it out of any. */
export function partAt(stage: Stage, place: Place | null): Partial<RiskAnswer> {
  const { likelihood, consequence } = place ?? { likelihood: null, consequence: null };
  return stage === "before"
    ? { likelihood_before: likelihood, consequence_before: consequence }
    : { likelihood_after: likelihood, consequence_after: consequence };
}

export type Spreads = (event: string, alternative: string, stage: Stage, role?: string) => Spread | undefined;

/** What everybody, or a role, thinks of an event. */
export function spreadsOf(picture: RiskPicture | undefined): Spreads {
  const key = (...parts: readonly string[]) => parts.join("\n");
  const found = new Map(
    (picture?.spreads ?? []).map((one) => [key(one.event, one.alternative, one.stage, one.role), one]),
  );
  return (event, alternative, stage, role = "") => found.get(key(event, alternative, stage, role));
}

export const placeIn = (spread: Spread): Place => ({
  likelihood: spread.likelihood_step,
  consequence: spread.consequence_step,
});

export function countAt(spread: Spread | undefined, { likelihood, consequence }: Place): number {
  const cell = spread?.counts.find((one) => one.likelihood === likelihood && one.consequence === consequence);
  return cell?.assessors ?? 0;
}

export interface Filled {
  readonly given: number;
  readonly asked: number;
}

/** How many of all pairs of an area's events under an alternative are there, of those who take part. */
export function filledIn(form: RiskForm, picture: RiskPicture, area: string, alternative: string): Filled {
  const spreads = spreadsOf(picture);
  const events = form.events.filter((one) => one.area === area);
  const given = events.flatMap((event) =>
    STAGES.map((stage) => spreads(event.id, alternative, stage)?.assessors ?? 0),
  );
  return {
    given: given.reduce((sum, one) => sum + one, 0),
    asked: events.length * STAGES.length * picture.assessors.length,
  };
}

/** Events by number in the cells of a matrix, as the report draws them. */
export function eventsIn(
  form: RiskForm,
  spreads: Spreads,
  alternative: string,
  stage: Stage,
  role = "",
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const event of form.events) {
    const spread = spreads(event.id, alternative, stage, role);
    if (!spread) continue;
    const key = `${spread.likelihood_step} ${spread.consequence_step}`;
    found.set(key, [...(found.get(key) ?? []), event.number]);
  }
  return found;
}

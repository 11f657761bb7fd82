/** A small risk analysis for the tests of the page: nobody has assessed anything. */
import type { RiskForm, RiskPicture, Spread } from "../../api/risk.ts";

const named = (id: string) => ({ id, name: { en: id } });

export const someForm = (): RiskForm => ({
  fingerprint: "a1",
  areas: [named("patients"), named("money")],
  events: [
    { id: "late", number: 1, area: "patients", name: { en: "Help comes late" }, cause: { en: "Long roads" } },
    { id: "lost", number: 2, area: "patients", name: { en: "A call is lost" }, cause: {} },
    { id: "dear", number: 3, area: "money", name: { en: "It costs more" }, cause: {} },
  ],
  roles: [named("crew"), named("desk")],
  alternatives: [named("0+"), named("2")],
  levels: [
    { level: 1, name: { en: "low" }, colour: "#a6d49f", ink: "#000000", symbol: "○" },
    { level: 2, name: { en: "high" }, colour: "#f0a58f", ink: "#000000", symbol: "▲" },
  ],
  matrix: [1, 2, 3, 4, 5].map((likelihood) =>
    [1, 2, 3, 4, 5].map((consequence) => (likelihood + consequence > 6 ? 2 : 1)),
  ),
  is_example: true,
  likelihood_steps: ["never", "seldom", "at times", "often", "always"].map((en) => ({ en })),
  consequence_steps: ["none", "small", "some", "grave", "dire"].map((en) => ({ en })),
  knowledge: [named("weak"), named("strong")],
  longest_measures: 500,
  longest_name: 80,
});

export const someSpread = (event: string, given: Partial<Spread> = {}): Spread => ({
  event,
  alternative: "0+",
  stage: "before",
  role: "",
  assessors: 2,
  likelihood: { median: 3.5, low: 2, high: 5, disagreement: 0.75 },
  consequence: { median: 4, low: 4, high: 4, disagreement: 0 },
  likelihood_step: 4,
  consequence_step: 4,
  level: 2,
  weak: 1,
  told: 2,
  counts: [
    { likelihood: 2, consequence: 4, assessors: 1 },
    { likelihood: 5, consequence: 4, assessors: 1 },
  ],
  ...given,
});

export const somePicture = (given: Partial<RiskPicture> = {}): RiskPicture => ({
  version: "1",
  fingerprint: "a1",
  assessors: [
    { role: "crew", number: 1, name: "Kari", mine: true, is_own: false, answered: 1, asked: 12 },
    { role: "desk", number: 1, name: "", mine: true, is_own: false, answered: 0, asked: 12 },
  ],
  spreads: [someSpread("late")],
  agreement: [],
  measures: [],
  own: [],
  answers: 1,
  in_study: 0,
  unlike: 1,
  taken_s: null,
  taken_by: "",
  ...given,
});

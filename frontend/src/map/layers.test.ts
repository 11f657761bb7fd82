import { expect, it } from "vitest";
import type { AlternativeAnswer, StudyMap } from "../api/types.ts";
import { makeNumbers } from "../numbers/format.ts";
import { helpShares, LAYERS, showLayer, type Context } from "./layers.ts";
import { DIFFERENCE, RESPONSE } from "./scales.ts";

const area = (municipality: string, organisation: string, people: number) => ({
  type: "Feature",
  geometry: { type: "Polygon", coordinates: [[]] },
  properties: {
    municipality,
    organisation,
    people,
    incidents_a: people / 100,
    centre: organisation,
    border_km: people / 100,
  },
});
const context = {
  map: { areas: { features: [area("m", "o", 100), area("m", "p", 300)] }, order: ["a", "b"], band_km: 2 },
  service: undefined,
  answer: {
    areas: { mean_s: [400, null], share: [], difference_s: [-200, 3] },
    flows: [
      { organisation: "p", municipality: "m", missions: 75, against: 0 },
      { organisation: "o", municipality: "m", missions: 25, against: 0 },
    ],
    simultaneity: [{ municipality: "m", hours: [0.6, 0.2, 0.15, 0.05, 0, 0], against: [1, 0, 0, 0, 0, 0] }],
  } as unknown as AlternativeAnswer,
  drives: undefined,
  targets: [
    { urgency: "A", where: "urban", minutes: 12, share: 0.9 },
    { urgency: "H", where: "urban", minutes: 40, share: 0.9 },
  ],
  centres: [{ id: "o", name: "Centre O" }],
  organisations: [{ id: "o", name: "O" }],
  dark: false,
  safe: false,
  t: (key: string, values?: Readonly<Record<string, string | number>>) =>
    values ? `${key} ${Object.values(values).join()}` : key,
  numbers: makeNumbers("nb"),
} satisfies Omit<Context, "map"> & { map: unknown } as unknown as Context & { map: StudyMap };

it("colours what is known, tells it with its unit, and says so of what is not", () => {
  const layer = showLayer("response", context);
  expect(layer.colours).toEqual([RESPONSE.colours[0], null]);
  expect(layer.tell(0)).toBe("6,7\u00a0min");
  expect(layer.tell(1)).toBe("map.no_value");
});

it("marks the acute target's edge in the legend, and no other's", () => {
  expect(showLayer("response", context).marks).toEqual([{ after: 2, label: "map.target_urban 12" }]);
});

it("paints what got faster blue and what stayed white", () => {
  expect(showLayer("difference", context).colours).toEqual([DIFFERENCE.colours[0], DIFFERENCE.colours[4]]);
});

it("counts as help what others than the municipality's own organisation run", () => {
  expect(helpShares(context).get("m")).toBe(0.25);
});

it("paints simultaneity in the steps of the calendar, with the number in words and at the name", () => {
  const layer = showLayer("simultaneity", context);
  expect(layer.colours).toEqual([layer.steps[2]?.colour, layer.steps[2]?.colour]);
  expect(layer.tell(0)).toMatch(/^map.at_once_here 2,60/);
  expect(layer.atNames?.get("m")).toBe("map.level 2");
  const safe = showLayer("simultaneity", { ...context, safe: true });
  expect(safe.colours).not.toEqual(layer.colours);
});

it("tells the band at the border", () => {
  const layer = showLayer("borders", context);
  expect(layer.tell(0)).toBe("map.band Centre O,2");
  expect(layer.tell(1)).toBe("p");
});

it("has an edge or a name for every step but the last of a scale", () => {
  for (const id of LAYERS) {
    const { steps, ordered } = showLayer(id, context);
    const unnamed = steps.filter((step) => step.label === "").length;
    expect([id, unnamed]).toEqual([id, ordered && steps.length > 0 ? 1 : 0]);
  }
});

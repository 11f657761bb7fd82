import { describe, expect, it } from "vitest";
import { NOTHING } from "../../state/riskDrafts.ts";
import { countAt, eventsIn, filledIn, levelAt, partAt, placeOf, spreadsOf } from "./derive.ts";
import { someForm, somePicture, someSpread } from "./sample.ts";

describe("what the page shows", () => {
  it("is counted in the cells, at the level that the study gives them", () => {
    const spread = someSpread("late");
    expect(countAt(spread, { likelihood: 2, consequence: 4 })).toBe(1);
    expect(countAt(spread, { likelihood: 4, consequence: 4 })).toBe(0);
    expect(levelAt(someForm(), { likelihood: 5, consequence: 5 })?.symbol).toBe("▲");
  });

  it("says what is missing by area and alternative: all pairs of all who take part", () => {
    const picture = somePicture();
    expect(filledIn(someForm(), picture, "patients", "0+")).toEqual({ given: 2, asked: 8 });
    expect(filledIn(someForm(), picture, "money", "2")).toEqual({ given: 0, asked: 4 });
  });

  it("puts events by number where the report puts them", () => {
    const picture = somePicture({
      spreads: [someSpread("late"), someSpread("dear"), someSpread("lost", { stage: "after" })],
    });
    const found = eventsIn(someForm(), spreadsOf(picture), "0+", "before");
    expect([...found]).toEqual([["4 4", [1, 3]]]);
  });

  it("reads a place from an answer and writes it back", () => {
    const place = { likelihood: 2, consequence: 5 };
    const answer = { ...NOTHING, ...partAt("after", place) };
    expect(placeOf(answer, "after")).toEqual(place);
    expect(placeOf(answer, "before")).toBeNull();
    expect({ ...answer, ...partAt("after", null) }).toEqual(NOTHING);
  });
});

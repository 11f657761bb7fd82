import { describe, expect, it } from "vitest";
import { beginning, COMMAND, minutesOf, neededOf, questionOf, somewhere, spotOf } from "./question.ts";

describe("the question of a major incident", () => {
  it("has degrees as the server reads them, and the hour in minutes", () => {
    const draft = { ...beginning(), places: [somewhere("59,91; 10,5")], clock: "17.30", weekday: 5 };
    const asked = questionOf(draft);
    expect(asked.places[0]?.place).toBe("59.91000,10.50000");
    expect([asked.weekday, asked.clock_min]).toEqual([5, 1050]);
    expect(asked.needed).toBeNull();
  });

  it("asks for an event of the study with nothing of one's own", () => {
    const asked = questionOf({ ...beginning(), event: "train", weekday: 3, clock: "08:00" });
    expect([asked.event, asked.places, asked.weekday, asked.clock_min]).toEqual(["train", [], null, null]);
  });

  it("asks for what is needed by its kind, and for command of any", () => {
    const needed = [{ ...neededOf("cbrne"), waited: true }, neededOf(COMMAND)];
    const asked = questionOf({ ...beginning(), needed });
    expect(asked.needed?.map(({ id, wanted, waited }) => [id, wanted, waited])).toEqual([
      ["cbrne", ["cbrne"], true],
      [COMMAND, [], false],
    ]);
  });

  it("knows no hour in what is none", () => {
    expect(["24:00", "8", "", "12:60"].map(minutesOf)).toEqual([null, null, null, null]);
    expect(minutesOf("8:05")).toBe(485);
  });

  it("finds a place by its name or its degrees", () => {
    const known = [{ id: "st-1", name: "Vest", lat: 59.9, lon: 10.5 }];
    expect(spotOf("vest", known)?.lat).toBe(59.9);
    expect(spotOf("60.1, 10.2", known)).toEqual({ lat: 60.1, lon: 10.2 });
    expect(spotOf("nowhere", known)).toBeNull();
  });
});

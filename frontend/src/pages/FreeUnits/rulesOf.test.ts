import { describe, expect, it } from "vitest";
import { rulesOf } from "./rulesOf.ts";

const NOTHING = { busy: "", outer: "" };

describe("the rules that are asked about", () => {
  it("are those ticked, as the study has them, where nothing is typed", () => {
    expect(rulesOf(["home", "dmexclp", "ddsm"], NOTHING)).toEqual(["home", "dmexclp", "ddsm"]);
  });

  it("are asked once for each of their settings", () => {
    const rules = rulesOf(["home", "dmexclp", "zhang", "ddsm"], { busy: "20, 45 %", outer: "150 200" });
    expect(rules).toEqual([
      "home",
      "dmexclp:0.2",
      "dmexclp:0.45",
      "zhang:0.2",
      "zhang:0.45",
      "ddsm:1.5",
      "ddsm:2",
    ]);
  });

  it("do not look at settings of rules that are not ticked", () => {
    expect(rulesOf(["home", "stay"], { busy: "much", outer: "wide" })).toEqual(["home", "stay"]);
  });

  it("are not asked with what cannot be, or with more than are compared", () => {
    expect(rulesOf(["home", "dmexclp"], { ...NOTHING, busy: "100" })).toBeUndefined();
    expect(rulesOf(["home", "ddsm"], { ...NOTHING, outer: "90" })).toBeUndefined();
    expect(rulesOf(["home", "ddsm"], { ...NOTHING, outer: "twice" })).toBeUndefined();
    const many = Array.from({ length: 10 }, (_, at) => String(at + 1)).join(" ");
    expect(rulesOf(["home", "zhang"], { ...NOTHING, busy: many })).toBeUndefined();
  });
});

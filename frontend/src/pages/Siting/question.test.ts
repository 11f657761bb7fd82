import { expect, it } from "vitest";
import type { ModelList } from "../../api/analyses.ts";
import { beginning, questionOf } from "./question.ts";

const model = (id: string, counts: "stations" | "units", settings: string[] = []) => ({
  id,
  counts,
  settings,
  name: {},
  question: {},
  source: "",
  needs_number: id !== "lscp",
});
const LIST: ModelList = {
  models: [model("mclp", "stations"), model("lscp", "stations"), model("mexclp", "units", ["busy"])],
  settings: [],
  criteria: [
    { id: "worst", name: {}, settings: ["groups"] },
    { id: "sites", name: {}, settings: [] },
  ],
};

it("sends only what the model reads", () => {
  const asked = {
    ...beginning(13),
    units: 20,
    parts: "hours" as const,
    settings: { busy: 0.3, groups: "centre" },
  };
  expect(questionOf(asked, LIST)).toMatchObject({ stations: 13, units: null, periods: null });
  expect(questionOf(asked, LIST)).not.toHaveProperty("busy");
  expect(questionOf({ ...asked, model: "mexclp" }, LIST)).toMatchObject({
    units: 20,
    periods: "hours",
    busy: 0.3,
  });
  expect(questionOf({ ...asked, model: "lscp" }, LIST).stations).toBeNull();
  expect(questionOf({ ...asked, first: "worst", second: "sites" }, LIST)).toMatchObject({
    trade_off: ["worst", "sites"],
    groups: "centre",
  });
});

it("names locks, borders and parts as the command line does", () => {
  const asked = {
    ...beginning(3),
    model: "mexclp",
    locks: { asker: "open", drammen: "closed", oslo: "free" } as const,
    borders: "share" as const,
    namedBorders: "oslo>drammen=0.8,\n*>oslo=closed",
    parts: "own" as const,
    ownParts: " day=08-20,night=20-08 ",
  };
  expect(questionOf(asked, LIST)).toMatchObject({
    locks: ["open:asker", "closed:drammen"],
    borders: "0.8",
    named_borders: ["oslo>drammen=0.8", "*>oslo=closed"],
    periods: "day=08-20,night=20-08",
  });
});

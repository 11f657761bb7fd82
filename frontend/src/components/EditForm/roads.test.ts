import { describe, expect, it } from "vitest";
import type { EditField, EditKind } from "../shapes.ts";
import { onRoadsOf } from "./roads.ts";

const field = (key: string): EditField => ({
  key,
  type: "text",
  unit: "",
  minimum: null,
  maximum: null,
  default: null,
  required: false,
  names_new: false,
  refers_to: [],
  any: false,
  choices: [],
  name: {},
  description: {},
});

const kind = (name: string): EditKind => ({
  kind: name,
  group: "roads",
  title: {},
  fields: ["kmh", "from_place", "to_place", "road", "lines", "year"].map(field),
});

describe("edits of roads", () => {
  it("ask for places where the study has links between places", () => {
    const asked = onRoadsOf(kind("close_link"), true).fields.map((one) => one.key);
    expect(asked).toEqual(["kmh", "from_place", "to_place", "road", "year"]);
  });
  it("ask for lines on a map", () => {
    expect(onRoadsOf(kind("close_link"), false).fields.map((one) => one.key)).toEqual([
      "kmh",
      "lines",
      "year",
    ]);
  });
  it("leave all other edits as they are", () => {
    const other = kind("move_station");
    expect(onRoadsOf(other, false)).toBe(other);
  });
});

import { expect, it } from "vitest";
import { somePlace } from "../components/sample.ts";
import { placesAsCsv } from "./csv.ts";

const beside = { against: "Today", replications: 20, fingerprint: "abc" };
const t = (key: string, values?: Readonly<Record<string, string>>) =>
  values ? `${values["figure"] ?? ""} ${key}` : key.replace(/^.*\./, "");

it("writes a row for every place, with a comma or a point in numbers", () => {
  const parts = [{ alternative: "2", places: [somePlace("Asker", -0.02), somePlace("Oslo; vest", 0.0305)] }];
  const [head = "", asker = "", oslo = "", rest] = placesAsCsv(parts, beside, "comma", t).split("\r\n");
  expect(rest).toBe("");
  expect(head.split(";").slice(0, 8)).toEqual(
    "alternative;against;place;kind;people;incidents;share;share export.column.low".split(";"),
  );
  expect(asker.split(";").slice(0, 9)).toEqual([
    "2",
    "Today",
    "Asker",
    "municipality",
    "1240",
    "300",
    "78",
    "77",
    "79",
  ]);
  expect(asker.split(";")).toHaveLength(head.split(";").length);
  expect(oslo).toContain('"Oslo; vest"');
  expect(oslo).toContain(";3,05;");
  expect(placesAsCsv(parts, beside, "point", t)).toContain(",3.05,");
  expect(asker.endsWith("20;abc")).toBe(true);
});

it("leaves out what is not known, and writes nothing that a spreadsheet would work out", () => {
  const nobody = somePlace("=1+1", 0, { incidents: null, share: { value: null, low: null, high: null } });
  const text =
    placesAsCsv([{ alternative: "@x", places: [nobody] }], beside, "comma", t).split("\r\n")[1] ?? "";
  expect(text.startsWith("'@x;Today;'=1+1;municipality;1240;;;;;")).toBe(true);
});

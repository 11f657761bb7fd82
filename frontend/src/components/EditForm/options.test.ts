import { expect, it } from "vitest";
import type { Service, Study } from "../../api/types.ts";
import type { EditField } from "../shapes.ts";
import { optionsFor } from "./options.ts";

const naming = (table: string) => ({ refers_to: [{ table, column: "id" }] }) as unknown as EditField;
const english = (texts: { readonly [language: string]: string }) => texts["en"] ?? "";
const car = (id: string, name: string) => ({ id, name: { en: name } });
const STUDY = {
  hospitals: [{ id: "bs", name: "Bærum" }],
  unit_kinds: [car("ambulance", "Ambulance")],
} as unknown as Study;
const SERVICE = {
  hospitals: [...STUDY.hospitals, { id: "care", name: "Care home" }],
  pathways: [{ id: "stay", name: "Stays at home" }],
  unit_kinds: [...STUDY.unit_kinds, car("rapid", "Rapid car")],
} as unknown as Service;

it.each([
  ["hospitals", ["Bærum", "Care home"], ["Bærum"]],
  ["pathways", ["Stays at home"], []],
  ["unit_kinds", ["Ambulance", "Rapid car"], ["Ambulance"]],
])("offers the %s of the service as it is changed so far", (table, changed, before) => {
  const named = (service?: Service) =>
    optionsFor(naming(table), STUDY, service, english)?.map((one) => one.name);
  expect(named(SERVICE)).toEqual(changed);
  expect(named()).toEqual(before);
});

it("has nothing to offer where the screen has no list", () => {
  expect(optionsFor(naming("rates"), STUDY, SERVICE, english)).toBeNull();
  expect(optionsFor({ refers_to: [] } as unknown as EditField, STUDY, SERVICE, english)).toBeNull();
});

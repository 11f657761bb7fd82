import { expect, it } from "vitest";
import type { LinkedLog } from "../../../api/logs.ts";
import { nameOf, THIS, withoutLink } from "./link.ts";

const link = (name: string, after = THIS): LinkedLog => ({
  name,
  title: name,
  after,
  log: "",
  file: `${name}.csv`,
  columns: {},
  date_order: "day",
  decimal: ",",
  hash_key: false,
  measured: "end",
  earliest_min: -15,
  latest_min: 120,
  threshold_bits: 8,
});

it("makes a name of a title that no other link has", () => {
  expect(nameOf("Bærum sykehus, Gjettum", [])).toBe("baerum-sykehus-gjettum");
  expect(nameOf("Légevakt", [link("legevakt"), link("legevakt-2")])).toBe("legevakt-3");
  expect(nameOf("…", [])).toBe("log");
  expect(nameOf("Missions", [])).toBe("missions-2");
});

it("takes what hangs on a link away with it", () => {
  const [first, second, third, other] = [link("a"), link("b", "a"), link("c", "b"), link("d")];
  expect(withoutLink([first, second, third, other], first)).toEqual([other]);
});

import { expect, it } from "vitest";
import { filterQuery } from "../../../api/logs.ts";
import { someForms } from "../sample.ts";
import { ANY, asked, isNarrowed, UNDONE, type Chosen } from "./filter.ts";

const none: Chosen = { status: UNDONE, rule: "", unit: "", municipality: "", since: "", until: "" };

it("leaves done cases out unless it is told otherwise", () => {
  expect(asked(none, someForms.statuses).status).toEqual(["new", "open"]);
  expect(asked({ ...none, status: ANY }, someForms.statuses).status).toEqual([]);
  expect(asked({ ...none, status: "closed" }, someForms.statuses).status).toEqual(["closed"]);
});

it("is written as the server reads it", () => {
  const filter = asked({ ...none, rule: "late", unit: "A&1", since: "2026-01-31" }, someForms.statuses);
  expect(filterQuery(filter, 50)).toBe(
    "status=new&status=open&rule=late&unit=A%261&since=2026-01-31&limit=50",
  );
});

it("knows whether anything is narrowed", () => {
  expect(isNarrowed(none)).toBe(false);
  expect(isNarrowed({ ...none, until: "2026-01-31" })).toBe(true);
});

import { render, screen } from "@testing-library/preact";
import { expect, it, vi } from "vitest";
import { someForms, someLog } from "../sample.ts";
import { Issues } from "./Issues.tsx";

const store = {
  version: "v",
  profile: "amis",
  zone: "Europe/Oslo",
  generated: false,
  rows_in: 12,
  rows_out: 12,
  missions: 11,
  unit_responses: 11,
  incidents: 9,
  incidents_without_unit: 1,
  first: null,
  last: null,
  without: [],
  privacy: { navn: "left out" },
  imported_s: 1,
  imported_by: "ann",
};
const example = { file: "amis.csv", row: 7, field: "scene_t", value: "X", count: 3, lat: null, lon: null };

function show(given: Partial<typeof store> = {}) {
  const found = [
    { rule: "grouped", count: 4, kinds: 3, examples: [example] },
    { rule: "broken_row", count: 0, kinds: 0, examples: [] },
  ];
  const answer = { store: { ...store, ...given }, found, reading: null };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(answer)));
  render(<Issues log={someLog()} forms={someForms} />);
}

it("tells the balance of rows, each rule that found something, and where its rows are", async () => {
  show();
  expect((await screen.findAllByRole("heading", { level: 2 }))[0]?.textContent).toBe("✓ logs.issues.balance");
  expect(screen.getByRole("heading", { name: "Joined" })).toBeTruthy();
  const links = screen.getAllByRole("link", { hidden: true }).map((one) => one.getAttribute("href"));
  expect(links[0]).toMatch(/issues\.csv$/);
  expect(links[1]).toMatch(/issues\/grouped\.csv$/);
  expect(links[2]).toContain("off=grouped");
  expect(screen.getByText("logs.issues.more")).toBeTruthy();
});

it("does not hide that rows are missing", async () => {
  show({ rows_out: 10 });
  expect(await screen.findByText("logs.issues.lost")).toBeTruthy();
});

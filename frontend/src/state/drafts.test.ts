import { beforeEach, expect, it } from "vitest";
import type { Study } from "../api/types.ts";
import * as drafts from "./drafts.ts";
import { go, query } from "./location.ts";
import { ready } from "./remote.ts";
import { studyRemote } from "./study.ts";

const head = (id: string, colour: number, edits: { edit: string }[] = []) => ({
  id,
  title: { en: id },
  description: {},
  note: {},
  edits,
  colour,
  file: null,
  version: null,
});
const moved = { edit: "move_station", station: "a", lat: 60, lon: 10 };

beforeEach(() => {
  window.localStorage.clear();
  go("/s/tiny");
  const alternatives = [head("today", 0), head("1", 1, [{ edit: "close_station" }])];
  studyRemote.value = ready({ id: "tiny", alternatives } as unknown as Study);
  for (const one of drafts.alternatives.value) drafts.drop(one.id);
});

it("begins with today", () => {
  expect(drafts.chosen.value).toMatchObject({ id: "today", edits: [], changed: false });
});

it("makes a new alternative of the first change to today, which stays as it is", () => {
  drafts.change((edits) => [...edits, moved], { en: "A elsewhere" });
  expect(drafts.chosen.value).toMatchObject({
    id: "draft-1",
    edits: [moved],
    saved: false,
    colour: 2,
    canUndo: true,
  });
  expect(query("with")).toBe("draft-1");
  expect(drafts.alternatives.value[0]).toMatchObject({ id: "today", edits: [] });
  drafts.undo();
  expect(drafts.chosen.value?.edits).toEqual([]);
  drafts.redo();
  expect(drafts.chosen.value?.edits).toEqual([moved]);
});

it("knows an alternative that differs from its file, and one that was taken back to it", () => {
  drafts.choose("1");
  drafts.change((edits) => [...edits, moved]);
  expect(drafts.chosen.value).toMatchObject({ saved: true, changed: true, canUndo: true });
  drafts.undo();
  expect(drafts.chosen.value).toMatchObject({ changed: false, canRedo: true });
});

it("says of a station that is dragged twice one line", () => {
  const same = (edit: { edit: string }) => edit.edit === "move_station";
  drafts.addOrReplace(moved, same);
  drafts.addOrReplace({ ...moved, lat: 61 }, same);
  expect(drafts.chosen.value?.edits).toEqual([{ ...moved, lat: 61 }]);
});

it("keeps a draft of one's own when another comes with a link", () => {
  drafts.change((edits) => [...edits, moved]);
  drafts.keepShared({ id: "draft-1", title: {}, description: {}, note: {}, edits: [{ ...moved, lat: 62 }] });
  const ids = drafts.alternatives.value.map((one) => one.id);
  expect(ids).toEqual(["today", "1", "draft-1", "draft-2"]);
  expect(drafts.findAlternative("draft-1")?.edits).toEqual([moved]);
  expect(drafts.chosen.value?.id).toBe("draft-2");
});

it("compares at most four, and forgets what is not there", () => {
  drafts.compare(["1", "frog", "today"]);
  expect(drafts.compared.value.map((one) => one.id)).toEqual(["1", "today"]);
  drafts.compare([]);
  expect(drafts.compared.value).toEqual([]);
});

it("keeps drafts in the browser's store from the first change on, and finds them again", () => {
  const stop = drafts.keepDrafts();
  drafts.change((edits) => [...edits, moved], { en: "A elsewhere" });
  expect(JSON.parse(window.localStorage.getItem("beredt.drafts.tiny") ?? "{}")).toHaveProperty("draft-1");
  stop();
  const again = drafts.keepDrafts();
  expect(drafts.findAlternative("draft-1")?.edits).toEqual([moved]);
  again();
});

it("leaves alone what is no draft", () => {
  const good = {
    id: "a",
    title: {},
    description: {},
    note: {},
    edits: { past: [], now: [moved], future: [] },
  };
  const odd = { ...good, id: "b", edits: { past: [], now: [7], future: [] } };
  expect(drafts.soundDrafts({ a: good, b: odd, c: null, d: { id: "d" }, e: good })).toEqual({ a: good });
  for (const none of [null, [], "text", 7]) expect(drafts.soundDrafts(none)).toEqual({});
});

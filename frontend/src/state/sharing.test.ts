import { expect, it } from "vitest";
import type { Study } from "../api/types.ts";
import { alternatives, change, chosen, drop } from "./drafts.ts";
import { address, go } from "./location.ts";
import { ready } from "./remote.ts";
import { sharedLink, takeShared } from "./sharing.ts";
import { studyRemote } from "./study.ts";

it("carries a draft to another browser, and nothing of it to the server", () => {
  go("/s/tiny");
  const today = {
    id: "today",
    title: {},
    description: {},
    note: {},
    edits: [],
    colour: 0,
    file: null,
    version: null,
  };
  studyRemote.value = ready({ id: "tiny", alternatives: [today] } as unknown as Study);
  const edit = { edit: "open_station", id: "o", name: "Østre Ås – 東" };
  change((edits) => [...edits, edit], { nb: "Med Østre Ås" });
  const link = new URL(sharedLink());
  expect(link.searchParams.get("with")).toBe("draft-1");
  expect(`${link.pathname}${link.search}`).not.toContain("stre");

  drop("draft-1");
  expect(alternatives.value).toHaveLength(1);
  go(link.href);
  takeShared();
  expect(alternatives.value[1]).toMatchObject({
    id: "draft-1",
    edits: [edit],
    title: { nb: "Med Østre Ås" },
  });
  expect(window.location.hash).toBe("");
  expect(address.value.hash).toBe("");
  expect(chosen.value?.id).toBe("draft-1");
});

import { render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { Edit, EditKind } from "../../api/types.ts";
import { chosen } from "../../state/drafts.ts";
import { keepService } from "../../state/service.ts";
import { editKinds } from "../../state/study.ts";
import { closeStudy, openStudy, SOME_ALTERNATIVES, someAlternative } from "../../testing/open.ts";
import { never, problem, serve } from "../../testing/server.ts";
import { OPEN_STATION } from "../sample.ts";
import { ChangeList } from "./ChangeList.tsx";

const name = (text: string): Edit => ({ edit: "name_station", name: text });
const EDITS = [name("a"), name("b"), name("c")];
const NAMING: EditKind = {
  ...OPEN_STATION,
  kind: "name_station",
  fields: OPEN_STATION.fields.filter((field) => field.key === "name"),
};
const read = { lines: EDITS.map((edit) => ({ text: `Line ${String(edit["name"])}`, complaints: [] })) };
const button = (label: string) => screen.getByRole<HTMLButtonElement>("button", { name: label });
const place = (label: string, index: number) =>
  screen.getAllByRole("button", { name: label })[index] as HTMLElement;
const lines = () =>
  screen
    .getAllByRole("listitem")
    .map((one) => one.querySelector(".change-line-text")?.firstChild?.textContent);
let stop: () => void = () => undefined;

/** With the lines that the server has read of the study's own edits; of later ones it has read nothing yet. */
async function show(at = "?with=3") {
  openStudy(at, { alternatives: [...SOME_ALTERNATIVES, someAlternative("3", "Three", EDITS)] });
  editKinds.value = [NAMING];
  const answers = {
    "POST /api/studies/tiny/service": (): unknown => read,
    "GET /api/edits": { edits: [NAMING] },
  };
  serve(answers);
  stop = keepService();
  render(<ChangeList />);
  if (at === "?with=3") await screen.findByText("Line a");
  answers["POST /api/studies/tiny/service"] = never;
  return answers;
}

afterEach(() => {
  stop();
  closeStudy();
  vi.unstubAllGlobals();
});

it("says of today that it changes nothing, and has nothing to step back to", async () => {
  await show("");
  expect(screen.getByText("panel.changes.today")).toBeTruthy();
  expect(button("panel.changes.undo").disabled).toBe(true);
  expect(button("panel.changes.redo").disabled).toBe(true);
});

it("takes a change out and, by a step back, in again", async () => {
  await show();
  await userEvent.click(place("panel.changes.remove", 1));
  expect(chosen.value?.edits).toEqual([EDITS[0], EDITS[2]]);
  await userEvent.click(button("panel.changes.undo"));
  expect(chosen.value?.edits).toEqual(EDITS);
  await userEvent.click(button("panel.changes.redo"));
  expect(chosen.value?.edits).toHaveLength(2);
});

it("has the right words at every change before the server has read them anew, and where it cannot", async () => {
  const answers = await show();
  await userEvent.click(place("panel.changes.remove", 0));
  expect(lines()).toEqual(["Line b", "Line c"]);
  answers["POST /api/studies/tiny/service"] = () => problem("broken");
  await userEvent.click(place("panel.changes.up", 1));
  expect(lines()).toEqual(["Line c", "Line b"]);
});

it("moves a change by keyboard as far as one likes: the focus goes along", async () => {
  await show();
  screen.getByText("Line a").focus();
  await userEvent.keyboard("{Alt>}{ArrowDown}{ArrowDown}{/Alt}");
  expect(lines()).toEqual(["Line b", "Line c", "Line a"]);
  expect(document.activeElement?.textContent).toContain("Line a");
});

it("rewrites the change that was opened, also when another is taken out meanwhile", async () => {
  await show();
  await userEvent.click(screen.getByText("Line b"));
  const field = await screen.findByRole("textbox");
  await userEvent.type(field, "!");
  await userEvent.click(place("panel.changes.remove", 0));
  await userEvent.click(button("forms.change"));
  expect(chosen.value?.edits).toEqual([name("b!"), name("c")]);
  expect(screen.queryByRole("textbox")).toBeNull();
});

it("closes the form of a change that is taken out", async () => {
  await show();
  await userEvent.click(screen.getByText("Line b"));
  await screen.findByRole("textbox");
  await userEvent.click(place("panel.changes.remove", 1));
  await waitFor(() => expect(screen.queryByRole("textbox")).toBeNull());
  expect(button("panel.changes.add")).toBeTruthy();
});

import { render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alternatives, change, findAlternative } from "../../state/drafts.ts";
import { query } from "../../state/location.ts";
import { study } from "../../state/study.ts";
import { closeStudy, logInAs, openStudy, SOME_ALTERNATIVES, someAlternative } from "../../testing/open.ts";
import { problem, serve } from "../../testing/server.ts";
import { AlternativeList } from "./AlternativeList.tsx";

const button = (name: string) => screen.getByRole("button", { name });
const box = (place: number) => screen.getAllByRole<HTMLInputElement>("checkbox")[place] as HTMLInputElement;
const titleOf = (id: string) => findAlternative(id)?.title["en"];

beforeEach(() => {
  openStudy();
  logInAs("analyst");
});
afterEach(() => {
  closeStudy();
  vi.unstubAllGlobals();
});

describe("choosing and comparing", () => {
  it("shows the year of what is clicked, and says which it is", async () => {
    render(<AlternativeList />);
    expect(button("Today").getAttribute("aria-pressed")).toBe("true");
    await userEvent.click(button("West"));
    expect(query("with")).toBe("1");
    expect(screen.getAllByRole("button", { pressed: true })).toEqual([button("West")]);
  });

  it("puts what is ticked beside what is chosen, and asks for one more while there is one", async () => {
    openStudy("?with=1");
    render(<AlternativeList />);
    await userEvent.click(box(1));
    expect(query("compare")).toBe("1,2");
    await userEvent.click(box(0));
    expect(query("compare")).toBe("2");
    expect(screen.getByText("panel.alternatives.one_more")).toBeTruthy();
    await userEvent.click(button("West"));
    expect(query("compare")).toBeNull();
  });

  it("takes no fifth, and says why", () => {
    const many = ["3", "4", "5"].map((id) => someAlternative(id, `Number ${id}`));
    openStudy("?compare=1,2,3,4", { alternatives: [...SOME_ALTERNATIVES, ...many] });
    render(<AlternativeList />);
    expect([0, 1, 2, 3, 4].map((place) => box(place).disabled)).toEqual([false, false, false, false, true]);
    expect(screen.getByText("panel.alternatives.most")).toBeTruthy();
  });
});

describe("names", () => {
  it("makes of today a copy that waits for its name, and leaves today as it is", async () => {
    render(<AlternativeList />);
    expect(screen.getByRole("group").querySelectorAll("button")).toHaveLength(1);
    await userEvent.click(button("panel.alternatives.new"));
    const field = screen.getByRole("textbox", { name: "panel.alternatives.name" });
    expect(document.activeElement).toBe(field);
    await userEvent.keyboard("North{Enter}");
    expect(query("with")).toBe("draft-1");
    expect(button("North panel.alternatives.unsaved").getAttribute("aria-pressed")).toBe("true");
    expect(titleOf("today")).toBe("Today");
  });

  it("keeps the name that was when it is left with Escape", async () => {
    openStudy("?with=1");
    render(<AlternativeList />);
    await userEvent.click(button("panel.alternatives.rename"));
    await userEvent.keyboard("South{Escape}");
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(titleOf("1")).toBe("West");
  });

  it("gives no other alternative the name that was begun for this one", async () => {
    openStudy("?with=1");
    render(<AlternativeList />);
    await userEvent.click(button("panel.alternatives.rename"));
    await userEvent.keyboard("South");
    await userEvent.click(button("East"));
    expect(screen.queryByRole("textbox")).toBeNull();
    await userEvent.click(button("panel.alternatives.rename"));
    expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("East");
  });
});

describe("deleting", () => {
  it("asks first, with the safe answer under the finger, and about no other alternative", async () => {
    openStudy("?with=1");
    const asked = serve({});
    render(<AlternativeList />);
    await userEvent.click(button("panel.alternatives.delete"));
    await waitFor(() => expect(document.activeElement).toBe(button("panel.cancel")));
    await userEvent.click(button("East"));
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(asked).toEqual([]);
  });

  it("takes a saved one out of the study's files, the very version that was seen", async () => {
    openStudy("?with=1");
    const asked = serve({ "DELETE ": () => new Response(null, { status: 204 }), "GET ": () => study.peek() });
    render(<AlternativeList />);
    await userEvent.click(button("panel.alternatives.delete"));
    await userEvent.click(button("panel.alternatives.delete"));
    await waitFor(() => expect(query("with")).toBeNull());
    expect(asked[0]).toMatchObject({ method: "DELETE", path: "/api/studies/tiny/alternatives/1?version=v1" });
  });

  it("forgets a draft without asking the server", async () => {
    const asked = serve({});
    change(() => [{ edit: "close_station" }], { en: "Mine" });
    render(<AlternativeList />);
    await userEvent.click(button("panel.alternatives.delete"));
    await userEvent.click(button("panel.alternatives.delete"));
    expect(alternatives.value.map((one) => one.id)).toEqual(["today", "1", "2"]);
    expect(asked).toEqual([]);
  });
});

describe("saving", () => {
  it("says what the server refused, until it is saved after all", async () => {
    openStudy("?with=1");
    change((edits) => [...edits, { edit: "remove_unit", unit: "a-1" }]);
    const answers = { "PUT ": () => problem("another saved it before", 409), "GET ": () => study.peek() };
    const asked = serve(answers);
    render(<AlternativeList />);
    await userEvent.click(button("panel.alternatives.save"));
    expect((await screen.findByRole("alert")).textContent).toContain("another saved it before");
    expect(asked[0]?.body).toMatchObject({ version: "v1", edits: [{}, { unit: "a-1" }] });
    answers["PUT "] = () => Response.json({});
    await userEvent.click(button("panel.alternatives.save"));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(screen.queryByText("panel.alternatives.save")).toBeNull();
  });

  it("goes back to what is saved only after a question", async () => {
    openStudy("?with=1");
    change((edits) => [...edits, { edit: "remove_unit", unit: "a-1" }]);
    render(<AlternativeList />);
    await userEvent.click(button("panel.alternatives.revert"));
    expect(screen.getByRole("alertdialog").textContent).toContain("panel.alternatives.revert_sure");
    expect(alternatives.value.find((one) => one.id === "1")?.changed).toBe(true);
    await userEvent.click(button("panel.alternatives.revert"));
    expect(alternatives.value.find((one) => one.id === "1")?.changed).toBe(false);
  });

  it("offers a reader nothing that would be refused, and says why", () => {
    openStudy("?with=1");
    logInAs("reader");
    change((edits) => [...edits, { edit: "remove_unit", unit: "a-1" }]);
    render(<AlternativeList />);
    expect(screen.queryByText("panel.alternatives.save")).toBeNull();
    expect(screen.queryByText("panel.alternatives.delete")).toBeNull();
    expect(screen.getByText("panel.alternatives.reader")).toBeTruthy();
  });
});

import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import type { Study } from "../../api/types.ts";
import { go } from "../../state/location.ts";
import { ready } from "../../state/remote.ts";
import { studyRemote } from "../../state/study.ts";
import { OlderCopy } from "./OlderCopy.tsx";

const open = (newer_bundled: string | null) => {
  go("/s/own", true);
  studyRemote.value = ready({ id: "own", folder: "/data/studies/own", newer_bundled } as Study);
};

afterEach(() => {
  studyRemote.value = { state: "empty" };
  go("/", true);
});

it("says nothing of a copy that is as the bundled study is", () => {
  open(null);
  const { container } = render(<OlderCopy />);
  expect(container.textContent).toBe("");
});

it("tells of an older copy until that is understood, and again of a newer version", async () => {
  open("v2");
  const { container } = render(<OlderCopy />);
  expect(container.textContent).toContain("shell.older_copy");
  await userEvent.click(screen.getByRole("button"));
  expect(container.textContent).toBe("");
  open("v3");
  expect(await screen.findByRole("button")).toBeTruthy();
});

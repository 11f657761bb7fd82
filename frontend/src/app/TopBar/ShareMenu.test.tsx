import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answer } from "../../state/answers.ts";
import { mapPicture } from "../../state/exports.ts";
import { ShareMenu } from "./ShareMenu.tsx";

beforeEach(() => {
  answer.value = undefined;
});
afterEach(() => {
  mapPicture.value = undefined;
  vi.restoreAllMocks();
});

it("offers only what there is: without a map no picture, without an answer no table", () => {
  render(<ShareMenu />);
  const able = (name: RegExp) =>
    !screen.getByRole<HTMLButtonElement>("button", { name, hidden: true }).disabled;
  expect(able(/export.link /)).toBe(true);
  expect(able(/export.picture /)).toBe(false);
  expect(able(/export.layers /)).toBe(false);
});

it("keeps a picture as a file and says so, or says why there is none", async () => {
  const kept: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    kept.push(this.download);
  });
  URL.createObjectURL = () => "blob:picture";
  mapPicture.value = () => Promise.resolve(new Blob(["png"]));
  render(<ShareMenu />);
  const button = screen.getByRole("button", { name: /export.picture /, hidden: true });
  await userEvent.click(button);
  expect(await screen.findByText("export.made")).toBeTruthy();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatch(/\.png$/);
  mapPicture.value = () => Promise.reject(new Error("the card has gone"));
  await userEvent.click(button);
  expect(await screen.findByText("the card has gone")).toBeTruthy();
});

import { h, render, type FunctionComponent } from "preact";
import { expect, it } from "vitest";
import { lazy } from "./lazy.ts";

const Here: FunctionComponent = () => h("p", {}, "here");
const drawn = () => new Promise((resolve) => setTimeout(resolve, 200)); // effects run after the next frame

it("is drawn when its code arrives after the first drawing and before effects run", async () => {
  const root = document.createElement("div");
  const Part = lazy(() => Promise.resolve(Here));
  render(h(Part, {}), root);
  expect(root.textContent).toBe("");
  await Part.fetch();
  await drawn();
  expect(root.textContent).toBe("here");
});

it("is drawn at once when its code is there", async () => {
  const root = document.createElement("div");
  const Part = lazy(() => Promise.resolve(Here));
  await Part.fetch();
  render(h(Part, {}), root);
  expect(root.textContent).toBe("here");
});

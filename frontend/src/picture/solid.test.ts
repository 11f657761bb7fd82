import { expect, it } from "vitest";
import { solid } from "./solid.ts";

it("reads what browsers compute", () => {
  expect(solid("rgb(29, 92, 134)")).toEqual({ colour: "#1d5c86", opacity: 1 });
  expect(solid("rgba(255, 0, 0, 0.5)")).toEqual({ colour: "#ff0000", opacity: 0.5 });
  expect(solid("color(srgb 1 0.5 0 / 0.25)")).toEqual({ colour: "#ff8000", opacity: 0.25 });
});

it("knows what is not seen", () => {
  expect(solid("rgba(0, 0, 0, 0)")).toBeUndefined();
  expect(solid("transparent")).toBeUndefined();
  expect(solid("none")).toBeUndefined();
});

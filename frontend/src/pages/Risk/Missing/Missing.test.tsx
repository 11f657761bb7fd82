import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { someForm, somePicture } from "../sample.ts";
import { Missing } from "./Missing.tsx";

it("counts what is missing by area, alternative and assessor", () => {
  render(<Missing form={someForm()} picture={somePicture()} />);
  expect(screen.getAllByRole("row")).toHaveLength(3);
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(screen.getAllByText("risk.of")).toHaveLength(2 * 2 + 2);
});

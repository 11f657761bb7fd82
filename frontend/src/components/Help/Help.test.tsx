import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { Help } from "./Help.tsx";

const parts = [{ name: "Definition", text: "Share of acute incidents within the target." }];

it("opens and closes by keyboard, and says so", async () => {
  const user = userEvent.setup();
  render(<Help about="Within target" parts={parts} />);
  const button = screen.getByRole("button");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByText("Definition")).toBeNull();
  await user.tab();
  await user.keyboard("{Enter}");
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect(screen.getByText("Share of acute incidents within the target.")).toBeTruthy();
  await user.keyboard("{Enter}");
  expect(screen.queryByText("Definition")).toBeNull();
});

import { fireEvent, render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { nextHeight, Sheet } from "./Sheet.tsx";

const sheet = () => screen.getByRole("region", { name: "shell.sheet" });
const handle = () => screen.getByRole("button");
const tab = (name: string) => screen.getByRole("tab", { name });

beforeEach(() => {
  render(<Sheet left={<p>Alternatives here</p>} right={<p>The answer</p>} status={<p>20 of 20</p>} />);
});

/** What a finger does: down, up so many pixels lower, and the click that the browser makes of it. */
function drag(by: number): void {
  fireEvent.pointerDown(handle(), { clientY: 400, pointerId: 1 });
  fireEvent.pointerUp(handle(), { clientY: 400 + by, pointerId: 1 });
  fireEvent.click(handle());
}

it("has the answer first and the alternatives behind a tab, the status always", async () => {
  expect(screen.getByRole("tabpanel", { name: "shell.answer" }).textContent).toBe("The answer");
  await userEvent.click(tab("shell.alternatives"));
  expect(screen.getByRole("tabpanel", { name: "shell.alternatives" }).textContent).toBe("Alternatives here");
  expect(screen.getByText("20 of 20")).toBeTruthy();
});

it("goes from tab to tab by arrow keys, and only the one that is open is a stop of the Tab key", async () => {
  tab("shell.answer").focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(tab("shell.alternatives"));
  expect(screen.getByText("Alternatives here")).toBeTruthy();
  expect([tab("shell.answer").tabIndex, tab("shell.alternatives").tabIndex]).toEqual([-1, 0]);
  await userEvent.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(tab("shell.answer"));
});

it("is raised and lowered by its handle, by a press as by the keys, and says which comes next", async () => {
  expect(sheet().className).toContain("half");
  handle().focus();
  await userEvent.keyboard("{Enter}");
  expect(sheet().className).toContain("high");
  expect(handle().getAttribute("aria-label")).toBe("shell.sheet_lower");
  await userEvent.click(handle());
  expect(handle().getAttribute("aria-expanded")).toBe("false");
  await userEvent.keyboard("{ArrowUp}");
  expect(sheet().className).toContain("half");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(sheet().className).toContain("low");
});

it("follows the finger by one height, and the end of a drag is no press", () => {
  drag(120);
  expect(sheet().className).toContain("low");
  drag(-120);
  expect(sheet().className).toContain("half");
});

it("comes up when a tab is pressed while it is down", async () => {
  drag(120);
  await userEvent.click(tab("shell.alternatives"));
  expect(sheet().className).toContain("half");
});

it("goes no further than its ends, and not at all for a tremble", () => {
  expect(nextHeight("low", 200)).toBe("low");
  expect(nextHeight("high", -200)).toBe("high");
  expect(nextHeight("half", 12)).toBe("half");
});

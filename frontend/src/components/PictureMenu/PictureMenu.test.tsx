import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { Section } from "../Section/Section.tsx";
import { Source } from "./source.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const opener = () => screen.getByRole("button", { name: "export.picture_of" });

it("offers both forms when it is opened, and is closed by the keyboard", async () => {
  render(<Section title="Hours">Something</Section>);
  expect(screen.queryByRole("button", { name: /SVG/ })).toBeNull();
  await userEvent.click(opener());
  expect(screen.getByRole("button", { name: /PNG/ })).toBeTruthy();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: /SVG/ })).toBeNull();
  expect(document.activeElement).toBe(opener());
});

it("keeps the part that it stands in, with what the figures rest on", async () => {
  const kept: { name: string; content: Blob }[] = [];
  let made = new Blob();
  URL.createObjectURL = (content: Blob) => {
    made = content;
    return "blob:picture";
  };
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    kept.push({ name: this.download, content: made });
  });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("a typeface")));
  render(
    <Source.Provider value="Study: West & East">
      <Section title="Hours of the day">Something</Section>
    </Source.Provider>,
  );
  await userEvent.click(opener());
  await userEvent.click(screen.getByRole("button", { name: /SVG/ }));
  expect(await screen.findByText("export.made")).toBeTruthy();
  expect(kept[0]?.name).toMatch(/hours-of-the-day\.svg$/);
  const page = new DOMParser().parseFromString((await kept[0]?.content.text()) ?? "", "application/xml");
  expect(page.querySelector("title")?.textContent).toBe("Hours of the day");
  const texts = [...page.querySelectorAll("text")].map((one) => one.textContent);
  expect(texts.join(" ")).toContain("Study: West & East");
});

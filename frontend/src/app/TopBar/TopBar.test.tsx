import { fireEvent, render, screen, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { StudyHead } from "../../api/types.ts";
import { PAGES } from "../../pages/index.ts";
import { language } from "../../state/language.ts";
import { ready } from "../../state/remote.ts";
import { studies } from "../../state/study.ts";
import { theme } from "../../state/theme.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { narrow } from "../narrow.ts";
import { TopBar } from "./TopBar.tsx";

const head = (id: string, name: string, year: number) =>
  ({ id, title: { en: name, nb: name }, year }) as unknown as StudyHead;
const before = language.peek();
const menus = () => [...document.querySelectorAll<HTMLDetailsElement>("details[name=topbar]")];
const opened = () => menus().filter((one) => one.open);
const open = (text: string) => {
  const menu = menus().find((one) => one.querySelector("summary")?.textContent.includes(text));
  if (!menu) throw new Error(`no menu ${text}`);
  menu.open = true;
  return menu;
};

beforeEach(() => {
  openStudy("/report?with=1");
  studies.value = ready([
    head("tiny", "Tiny", 2024),
    head("tiny-2023", "Tiny", 2023),
    head("big", "Big", 2024),
  ]);
});
afterEach(() => {
  narrow.value = false;
  language.value = before;
  theme.value = "auto";
  closeStudy();
});

it("leads to every page with what is chosen, and marks the one that is open", () => {
  render(<TopBar />);
  const pages = within(screen.getByRole("navigation", { name: "shell.pages" }));
  const links = pages.getAllByRole("link", { hidden: true });
  expect(links).toHaveLength(PAGES.length + 1); // the map has no page of its own
  expect(
    links.filter((one) => one.getAttribute("aria-current") === "page").map((one) => one.textContent),
  ).toEqual(["panel.page.report"]);
  for (const link of links) expect(link.getAttribute("href")).toContain("?with=1");
});

it("has all pages in one menu, with a name, where there is little room", () => {
  narrow.value = true;
  render(<TopBar />);
  const menu = open("shell.pages");
  expect(within(menu).getAllByRole("link")).toHaveLength(PAGES.length + 1);
});

it("offers other studies and other years of this one, the earliest first", () => {
  render(<TopBar />);
  const years = within(open("shell.year")).getAllByRole("link");
  expect(years.map((one) => one.textContent)).toEqual(["2023", "2024"]);
  const others = within(open("Tiny")).getAllByRole("link");
  expect(others.map((one) => one.getAttribute("href"))).toEqual(["/s/tiny", "/s/tiny-2023", "/s/big"]);
  expect(others[0]?.getAttribute("aria-current")).toBe("page");
});

it("names the only study without a menu, and itself where none is open", () => {
  studies.value = ready([head("tiny", "Tiny", 2024)]);
  const { container, unmount } = render(<TopBar />);
  expect(container.querySelector("summary.topbar-study")).toBeNull();
  expect(screen.getByText("Tiny")).toBeTruthy();
  unmount();
  closeStudy();
  render(<TopBar />);
  expect(screen.getByText("Beredt Studio")).toBeTruthy();
  expect(screen.queryByRole("navigation")).toBeNull();
});

it.each([
  ["the study that is open already", "Tiny"],
  ["a year", "shell.year"],
  ["an analysis", "panel.page.analyses"],
])("folds its menu away when %s is chosen", (_what, text) => {
  render(<TopBar />);
  const link = within(open(text)).getAllByRole("link")[0] as HTMLElement;
  link.addEventListener("click", (event) => event.preventDefault());
  fireEvent.click(link);
  expect(opened()).toEqual([]);
});

it("folds menus away at a press beside them, and at Escape, which gives the focus back to the menu", () => {
  render(<TopBar />);
  open("Tiny");
  fireEvent.pointerDown(document.body);
  expect(opened()).toEqual([]);
  const menu = open("Tiny");
  const link = within(menu).getAllByRole("link")[1] as HTMLElement;
  fireEvent.pointerDown(link);
  expect(opened()).toEqual([menu]);
  link.focus();
  fireEvent.keyDown(link, { key: "Escape" });
  expect(opened()).toEqual([]);
  expect(document.activeElement).toBe(menu.querySelector("summary"));
});

it("speaks the language that is pressed, and says which that is", async () => {
  render(<TopBar />);
  await userEvent.click(screen.getByRole("button", { name: "Nynorsk" }));
  expect(language.value).toBe("nn");
  expect(screen.getAllByRole("button", { pressed: true }).map((one) => one.getAttribute("lang"))).toEqual([
    "nn",
  ]);
});

it("turns light, dark, and back to what the machine says", async () => {
  render(<TopBar />);
  const seen = [];
  for (let press = 0; press < 3; press += 1) {
    await userEvent.click(screen.getByRole("button", { name: "shell.theme" }));
    seen.push([theme.value, document.documentElement.dataset["theme"]]);
  }
  expect(seen).toEqual([
    ["light", "light"],
    ["dark", "dark"],
    ["auto", undefined],
  ]);
});

it("opens its help in a dialog, with what the answers rest on, and closes it", async () => {
  render(<TopBar />);
  const help = screen.getByRole("button", { name: "shell.help" });
  await userEvent.click(help);
  const dialog = screen.getByRole<HTMLDialogElement>("dialog", { name: "shell.help" });
  expect(dialog.open).toBe(true);
  expect(within(dialog).getByText("shell.facts")).toBeTruthy();
  await userEvent.click(within(dialog).getByRole("button", { name: "shell.close" }));
  expect(dialog.open).toBe(false);
});

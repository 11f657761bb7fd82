import { render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { language } from "../../state/language.ts";
import { someIssue } from "../sample.ts";
import { Wrong } from "./Wrong.tsx";

const before = language.value;
afterEach(() => {
  language.value = before;
});

const issue = {
  ...someIssue("there is no such station", "name one"),
  file: "units.csv",
  row: 3,
  field: "station",
};

it("says where, what and what to do", () => {
  language.value = "en";
  const { container } = render(
    <Wrong problem={{ title: "No", detail: "two found", language: "en", issues: [issue] }} />,
  );
  expect(container.textContent).toBe("Notwo foundunits.csv, 3, station: there is no such station → name one");
});

it("marks what is in English only, and nothing that is in the page's language", () => {
  language.value = "nb";
  const own = { ...issue, message: "det finnes ingen slik stasjon", language: "nb" };
  render(<Wrong problem={{ title: "Nei", detail: "to funnet", language: "nb", issues: [issue, own] }} />);
  const [english, norwegian] = screen.getAllByRole("listitem");
  expect(english?.textContent).toContain("shell.in_english");
  expect(english?.querySelector("[lang=en]")?.textContent).toContain("no such station");
  expect(norwegian?.textContent).not.toContain("shell.in_english");
});

it("leaves sentences of the page's own as they are", () => {
  language.value = "nn";
  const { container } = render(<Wrong problem={{ title: "shell.unreachable", detail: "shell.help" }} />);
  expect(container.querySelector("[lang]")).toBeNull();
});

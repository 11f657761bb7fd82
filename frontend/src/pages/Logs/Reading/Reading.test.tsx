import { render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { someForms, someLog } from "../sample.ts";
import { Reading } from "./Reading.tsx";

const asked: [string, string | undefined][] = [];
let issues: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  issues = [];
  vi.stubGlobal("fetch", (path: string, options: RequestInit = {}) => {
    asked.push([path, options.body as string | undefined]);
    const reading = {
      profile: "amis",
      title: {},
      fields: [
        { field: "unit", column: "enhet" },
        { field: "call_t", column: "anrop" },
      ],
      key: [],
      left_out: ["navn"],
      issues,
    };
    return Promise.resolve(Response.json(path.includes("/reading") ? reading : { id: "1", state: "done" }));
  });
});

const start = () => screen.getByRole<HTMLButtonElement>("button", { name: "logs.reading.start" });

it("shows the guess with what it reads, and imports when it is confirmed", async () => {
  render(<Reading log={someLog()} forms={someForms} />);
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe("logs.reading.guess");
  await waitFor(() => expect(start().disabled).toBe(false));
  expect(screen.getByRole("rowheader", { name: "enhet" })).toBeTruthy();
  await userEvent.click(screen.getByText("logs.reading.rules"));
  await userEvent.click(screen.getByRole("checkbox", { name: /Joined/ }));
  await userEvent.click(start());
  const body = asked.find(([path]) => path.endsWith("/import"))?.[1] ?? "{}";
  expect(JSON.parse(body)).toEqual({ profile: "amis", without: ["grouped"], generated: false });
});

it("offers no import where the log cannot be read so", async () => {
  issues = [
    {
      message: "no column gives any time",
      remedy: "choose another",
      severity: "error",
      file: "",
      row: null,
      field: "",
    },
  ];
  render(<Reading log={someLog()} forms={someForms} />);
  expect((await screen.findByRole("alert")).textContent).toContain("no column gives any time");
  expect(start().disabled).toBe(true);
});

it("asks for a choice where no profile stands out, and offers nothing without the file", () => {
  const header = { ...someLog().header, columns: ["a"], fits: [], best: "", generated: false };
  const { unmount } = render(<Reading log={someLog({ header })} forms={someForms} />);
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe("logs.reading.no_guess");
  expect(start().disabled).toBe(true);
  unmount();
  render(<Reading log={someLog({ has_file: false })} forms={someForms} />);
  expect(screen.getByText("logs.reading.no_file")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

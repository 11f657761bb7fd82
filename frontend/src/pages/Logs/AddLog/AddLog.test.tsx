import { render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "../../../api/problem.ts";
import { someForms, someLog } from "../sample.ts";
import { AddLog } from "./AddLog.tsx";

type Send = Parameters<typeof AddLog>[0]["send"];

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ folder: "/data/incoming", found: [] })));
});

function show(send: Send) {
  const onAdded = vi.fn();
  render(<AddLog study="tiny" forms={someForms} send={send} onAdded={onAdded} />);
  const input = screen.getByLabelText(/logs.add.choose/);
  return { onAdded, choose: (file: File) => userEvent.upload(input, file, { applyAccept: false }) };
}

const file = (name: string, size: number) => new File(["x".repeat(size)], name);

describe("adding a log", () => {
  it("sends what is chosen, tells how far it is, and hands the log on", async () => {
    const log = someLog();
    const { onAdded, choose } = show((_file, onProgress) => {
      onProgress(50);
      return Promise.resolve(log);
    });
    await choose(file("amis.csv", 100));
    await waitFor(() => expect(onAdded).toHaveBeenCalledWith(log));
  });

  it.each([
    ["amis.csv", 0, "logs.add.empty"],
    ["amis.csv", 2000, "logs.add.too_large"],
    ["letter.docx", 10, "logs.add.wrong_kind"],
  ])("refuses %s of %i bytes before anything is sent", async (name, size, said) => {
    const send = vi.fn<Send>();
    await show(send).choose(file(name, size));
    expect(await screen.findByText(said)).toBeTruthy();
    expect(send).not.toHaveBeenCalled();
  });

  it("says what the server found wrong, and takes another file", async () => {
    const { choose } = show(() =>
      Promise.reject(new ProblemError({ title: "Cut", detail: "only 3 of 100 bytes", status: 400 })),
    );
    await choose(file("amis.csv", 100));
    expect((await screen.findByRole("alert")).textContent).toContain("only 3 of 100 bytes");
    expect(screen.getByLabelText(/logs.add.choose/)).toBeTruthy();
  });

  it("stops when it is told to", async () => {
    const { choose, onAdded } = show(
      (_file, _onProgress, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError"))),
        ),
    );
    await choose(file("amis.csv", 100));
    await userEvent.click(await screen.findByText("logs.add.stop"));
    expect(await screen.findByText("logs.add.stopped")).toBeTruthy();
    expect(onAdded).not.toHaveBeenCalled();
  });
});

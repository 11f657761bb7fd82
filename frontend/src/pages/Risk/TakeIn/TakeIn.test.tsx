import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { somePicture } from "../sample.ts";
import { TakeIn } from "./TakeIn.tsx";

afterEach(() => vi.unstubAllGlobals());

describe("taking into the study", () => {
  it("is asked once more, and then done", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", (path: string, options?: RequestInit) => {
      asked.push(`${options?.method ?? "GET"} ${path}`);
      return Promise.resolve(new Response(JSON.stringify({ answers: 3, assessors: 2, changed: 1 })));
    });
    render(<TakeIn study="tiny" picture={somePicture()} mayTake />);
    await userEvent.click(screen.getByText("risk.take"));
    expect(asked).toEqual([]);
    await userEvent.click(screen.getByText("risk.take_yes"));
    expect(asked[0]).toBe("POST /api/studies/tiny/risk/take");
  });

  it("is not offered to whoever only looks, nor when there is nothing new", () => {
    const { rerender } = render(<TakeIn study="tiny" picture={somePicture()} mayTake={false} />);
    expect(screen.queryByRole("button")).toBeNull();
    rerender(<TakeIn study="tiny" picture={somePicture({ unlike: 0 })} mayTake />);
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByText("risk.alike")).toBeTruthy();
  });
});

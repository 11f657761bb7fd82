import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { someForm } from "../sample.ts";
import { Matrix } from "./Matrix.tsx";

function show(own: { likelihood: number; consequence: number } | null = null) {
  const onChoose = vi.fn();
  render(
    <Matrix
      form={someForm()}
      title="Before"
      own={own}
      cellAt={({ likelihood, consequence }) =>
        likelihood === 5 && consequence === 4 ? { text: "3", told: "3 assessors" } : { text: "", told: "" }
      }
      onChoose={onChoose}
    />,
  );
  return onChoose;
}
const cell = (at: string) => document.querySelector<HTMLElement>(`[data-at="${at}"]`);

describe("the matrix", () => {
  it("says what stands in a cell in words, number, sign and letter, never by colour alone", () => {
    show();
    expect(screen.getAllByRole("button")).toHaveLength(25);
    expect(cell("5 4")?.getAttribute("aria-label")).toContain("3 assessors");
    expect(cell("5 4")?.textContent).toBe("▲ H3");
    expect(cell("1 1")?.textContent).toBe("○ L");
  });

  it("is answered by a click, and by a second click taken back", async () => {
    const onChoose = show({ likelihood: 2, consequence: 3 });
    await userEvent.click(cell("4 5") as HTMLElement);
    expect(onChoose).toHaveBeenLastCalledWith({ likelihood: 4, consequence: 5 });
    expect(cell("2 3")?.getAttribute("aria-pressed")).toBe("true");
    await userEvent.click(cell("2 3") as HTMLElement);
    expect(onChoose).toHaveBeenLastCalledWith(null);
  });

  it("is answered by keys alone: one stop of the tab key, arrows inside", async () => {
    const onChoose = show({ likelihood: 5, consequence: 1 });
    await userEvent.tab();
    expect(document.activeElement).toBe(cell("5 1"));
    await userEvent.keyboard("{ArrowUp}{ArrowRight}{ArrowDown}{Enter}");
    expect(onChoose).toHaveBeenLastCalledWith({ likelihood: 4, consequence: 2 });
    await userEvent.keyboard("{Delete}");
    expect(onChoose).toHaveBeenLastCalledWith(null);
    await userEvent.tab();
    expect(document.activeElement).toBe(document.body);
  });
});

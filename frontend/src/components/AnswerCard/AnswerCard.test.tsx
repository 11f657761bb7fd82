import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { someCard } from "../sample.ts";
import { AnswerCard } from "./AnswerCard.tsx";

const show = (card = someCard(), alone = false) =>
  render(
    <AnswerCard
      card={card}
      ink="blue"
      againstName="Today"
      seed={7}
      fingerprint="a1b2c3"
      question="q"
      alone={alone}
    />,
  );

describe("a card of the answer", () => {
  it("never shows a bare number: interval, what it is measured against, and the difference with its own", () => {
    show();
    const text = screen.getByRole("article").textContent;
    expect(text).toContain("86.2%");
    expect(text).toContain("(85.8–86.6)");
    expect(text).toContain("+1.3\u00a0pp (0.9–1.7)");
    expect(screen.getAllByRole("img")).toHaveLength(2);
  });

  it("opens definition, source, computation, seed and fingerprint", async () => {
    show();
    await userEvent.click(screen.getByRole("button", { name: "panel.help.about" }));
    for (const part of ["What it is", "tables", "mean of years", "7", "a1b2c3"])
      expect(screen.getByText(part)).toBeTruthy();
  });

  it("tells the level alone where nothing is compared", () => {
    show(someCard(), true);
    expect(screen.getByRole("article").textContent).not.toContain("pp");
  });

  it("draws no curve of a figure that has no hours", () => {
    show({ ...someCard(), by_hour: [], against_by_hour: [] });
    expect(screen.getAllByRole("img")).toHaveLength(1);
  });
});

import { render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { someAnswer, someCard } from "../sample.ts";
import { AnswerBody } from "./AnswerBody.tsx";

const show = (answer = someAnswer(), alone = false) =>
  render(
    <AnswerBody
      answer={answer}
      ink="blue"
      name="2"
      againstName="Today"
      alone={alone}
      depth={{ seed: "7", fingerprint: "a1b2c3" }}
      question="q"
      chosenPlace={null}
      onPlace={vi.fn()}
      names={{ station: String, place: String, group: String }}
    />,
  );

describe("the answer", () => {
  it("says the sentence first, then the gate, then cards, then for whom", () => {
    show();
    const text = document.body.textContent;
    const order = [
      "With 2, more patients",
      "Meets premise 1",
      "Within target",
      "panel.places.title",
      "panel.flows.title",
    ];
    const places = order.map((one) => text.indexOf(one));
    expect(places.every((one) => one >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it("shows four cards and keeps further ones behind a click", () => {
    const cards = ["a", "b", "c", "d", "e"].map((id) => someCard({ id, title: id }));
    show(someAnswer({ cards }));
    expect(document.querySelectorAll(".answer-cards")[0]?.children).toHaveLength(4);
    expect(screen.getByText("panel.more_cards")).toBeTruthy();
  });

  it("tells no differences where nothing is compared", () => {
    show(someAnswer({ gate: null }), true);
    expect(document.querySelectorAll(".change-text")).toHaveLength(0);
  });
});

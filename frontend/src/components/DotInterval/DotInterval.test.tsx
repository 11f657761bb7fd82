import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { DotInterval } from "./DotInterval.tsx";
import { domainOf, placeOn, widened } from "./scale.ts";

const wide = { value: 10, low: 4, high: 16 };
const narrow = { value: 10, low: 9, high: 11 };

describe("the scale of dots", () => {
  it("holds every interval and what it must include", () => {
    const domain = domainOf([wide], [0]);
    expect(domain.low).toBeLessThan(0);
    expect(domain.high).toBeGreaterThan(16);
  });

  it("is no empty stretch where all figures are the same", () => {
    const { low, high } = domainOf([{ value: 3, low: 3, high: 3 }]);
    expect(high).toBeGreaterThan(low);
  });

  it("only widens, so that shrinking intervals are seen to shrink", () => {
    expect(widened({ low: 0, high: 20 }, { low: 5, high: 8 })).toEqual({ low: 0, high: 20 });
    expect(placeOn({ low: 0, high: 20 }, 200)(5)).toBe(50);
  });
});

describe("dots", () => {
  const width = () => parseFloat(document.querySelector(".dot-interval-bar")?.getAttribute("width") ?? "");

  it("say the finding, and shrink when more replications have come", () => {
    const dots = (estimate: typeof wide) => [{ id: "2", estimate, ink: "red" }];
    const { rerender } = render(
      <DotInterval dots={dots(wide)} alt="ten, between four and sixteen" question="a" />,
    );
    expect(screen.getByRole("img", { name: "ten, between four and sixteen" })).toBeTruthy();
    const before = width();
    rerender(<DotInterval dots={dots(narrow)} alt="ten" question="a" />);
    expect(width()).toBeCloseTo(before / 6);
    rerender(<DotInterval dots={dots(narrow)} alt="ten" question="b" />);
    expect(width()).toBeCloseTo(before);
  });

  it("draw no bar without an interval", () => {
    render(
      <DotInterval
        dots={[{ id: "a", estimate: { value: 1, low: null, high: null }, ink: "red" }]}
        alt="one"
      />,
    );
    expect(document.querySelectorAll(".dot-interval-bar")).toHaveLength(0);
    expect(document.querySelectorAll("circle")).toHaveLength(1);
  });
});

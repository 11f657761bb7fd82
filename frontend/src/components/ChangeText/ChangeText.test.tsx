import { render } from "@testing-library/preact";
import { expect, it } from "vitest";
import { ChangeText } from "./ChangeText.tsx";

const difference = { value: 0.013, low: 0.009, high: 0.017 };
const text = () => document.body.textContent;

it("says better and worse in words and by a mark", () => {
  const { rerender } = render(<ChangeText difference={difference} change="better" unit="share" />);
  expect(text()).toContain("▲panel.change.better +1.3\u00a0pp (0.9–1.7)");
  rerender(<ChangeText difference={{ value: 38, low: 21, high: 55 }} change="worse" unit="s" />);
  expect(text()).toContain("▼panel.change.worse +38\u00a0s (21–55)");
});

it("calls a change whose interval holds zero no clear difference, interval and all", () => {
  render(<ChangeText difference={{ value: 2, low: -3, high: 7 }} change="unclear" unit="s" />);
  expect(text()).toBe("panel.change.unclear (\u22123 to +7)");
});

it("has no interval where nothing differs", () => {
  render(<ChangeText difference={{ value: 0, low: 0, high: 0 }} change="none" unit="s" />);
  expect(text()).toBe("panel.change.none");
});

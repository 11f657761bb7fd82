import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import type { Service } from "../../api/types.ts";
import { SET_BORDER } from "../sample.ts";
import { BorderNow, rulesMeant } from "./BorderNow.tsx";

type Rule = Service["border_rules"][number];

const rule = (asking: string, owning: string, urgency: string, change: Rule["change"] = "same"): Rule => ({
  asking_centre: asking,
  owning_centre: owning,
  urgency,
  policy: "own_first",
  margin_s: 900,
  ask_s: 120,
  view: "stale",
  view_age_s: 300,
  change,
});

const RULES = [rule("oslo", "drammen", "A"), rule("oslo", "drammen", "H"), rule("drammen", "oslo", "A")];

describe("what holds now at a border", () => {
  it("is every rule before anything is chosen, then those that are meant", () => {
    expect(rulesMeant(RULES, {})).toHaveLength(3);
    expect(rulesMeant(RULES, { asking_centre: "oslo", urgency: "*" })).toHaveLength(2);
    expect(rulesMeant(RULES, { asking_centre: "oslo", owning_centre: "oslo" })).toHaveLength(0);
  });

  it("leaves out rules that the draft has done away with", () => {
    expect(rulesMeant([rule("oslo", "drammen", "A", "gone")], {})).toHaveLength(0);
  });

  it("is told in words of the form, and not at all where there is none", () => {
    const { rerender } = render(
      <BorderNow kind={SET_BORDER} draft={{}} rules={RULES.slice(0, 1)} centres={[]} />,
    );
    expect(screen.getByRole("region", { name: "forms.border_now" })).toBeTruthy();
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
    rerender(<BorderNow kind={SET_BORDER} draft={{}} rules={[]} centres={[]} />);
    expect(screen.queryByRole("region")).toBeNull();
  });
});

import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { PolicyOptions } from "../../api/analyses.ts";
import { PolicyForm } from "./PolicyForm.tsx";

const named = (rule: string) => ({ rule, name: { en: rule, nb: rule, nn: rule } });
const OPTIONS: PolicyOptions = {
  alternatives: [{ alternative: "today", rules: ["home", "standby", "dmexclp", "zhang", "ddsm"].map(named) }],
};

it("asks about the ticked rules with the settings that were typed", async () => {
  const asked = vi.fn();
  render(<PolicyForm options={OPTIONS} busy={false} onAsk={asked} />);
  const user = userEvent.setup();
  expect(screen.getAllByRole("textbox")).toHaveLength(1);
  await user.click(screen.getByRole("checkbox", { name: "ddsm" }));
  const [busy, outer] = screen.getAllByRole("textbox");
  await user.type(busy as HTMLElement, "40");
  await user.type(outer as HTMLElement, "50");
  await user.click(screen.getByRole("button"));
  expect(screen.getByRole("alert")).toBeTruthy();
  expect(asked).not.toHaveBeenCalled();
  await user.clear(outer as HTMLElement);
  await user.type(outer as HTMLElement, "150 300");
  await user.click(screen.getByRole("button"));
  const rules = ["home", "standby", "dmexclp:0.4", "ddsm:1.5", "ddsm:3"];
  expect(asked).toHaveBeenCalledWith({ alternative: "today", rules, replications: 4 });
});

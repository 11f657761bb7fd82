import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { MissionLog } from "../../api/logs.ts";
import { ForecastForm } from "./ForecastForm.tsx";

const log = (id: string) => ({ id, name: `${id}.csv`, store: {} }) as unknown as MissionLog;

it("asks about the log, hours and places that were chosen", async () => {
  const asked = vi.fn();
  render(<ForecastForm logs={[log("a"), log("b")]} busy={false} onAsk={asked} />);
  const user = userEvent.setup();
  const [which, places] = screen.getAllByRole("combobox");
  await user.selectOptions(which as HTMLElement, "b");
  await user.selectOptions(places as HTMLElement, "all");
  const [hours] = screen.getAllByRole("spinbutton");
  await user.clear(hours as HTMLElement);
  await user.type(hours as HTMLElement, "24");
  await user.click(screen.getByRole("button"));
  expect(asked).toHaveBeenCalledWith("b", { hours: 24, by: "all", origins: 26 });
});

it("leads to the logs where none is imported", () => {
  render(<ForecastForm logs={[]} busy={false} onAsk={() => undefined} />);
  expect(screen.queryByRole("form")).toBeNull();
  expect(screen.getByRole("link").getAttribute("href")).toContain("/logs");
});

import { render, screen, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import type { Answer } from "../../api/types.ts";
import { estimate, someAnswer, someCard } from "../../components/sample.ts";
import { answer, progress, stale } from "../../state/answers.ts";
import { query } from "../../state/location.ts";
import { closeStudy, openStudy, SOME_ALTERNATIVES, someAlternative } from "../../testing/open.ts";
import Compare from "./Compare.tsx";

const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });

afterEach(closeStudy);

it("asks for two, and puts what is ticked into the address; today is what all are held against", async () => {
  openStudy("/compare");
  render(<Compare />);
  expect(screen.getByText("panel.compare.choose")).toBeTruthy();
  expect(screen.getAllByRole("checkbox")).toEqual([box("West"), box("East")]);
  await userEvent.click(box("East"));
  await userEvent.click(box("West"));
  expect(query("compare")).toBe("2,1");
  expect(screen.queryByText("panel.compare.choose")).toBeNull();
  await userEvent.click(box("East"));
  expect(query("compare")).toBe("1");
});

it("takes no fifth, and says why", () => {
  const many = ["3", "4", "5"].map((id) => someAlternative(id, `Number ${id}`));
  openStudy("/compare?compare=1,2,3,4", { alternatives: [...SOME_ALTERNATIVES, ...many] });
  render(<Compare />);
  expect(box("Number 5").disabled).toBe(true);
  expect(box("Number 4").disabled).toBe(false); // to be taken out again
  expect(screen.getByText("panel.alternatives.most")).toBeTruthy();
});

it("tells each under its name, all on one scale, and leads back to the maps with them", () => {
  openStudy("/compare?compare=1,2");
  const far = someCard({ value: estimate(0.4, 0.01) });
  const alternatives = [
    someAnswer({ id: "1" }),
    someAnswer({ id: "2", sentence: "Far worse.", cards: [far] }),
  ];
  answer.value = { alternatives, seed: 1, fingerprint: "a1" } as unknown as Answer;
  progress.value = { phase: "done" };
  render(<Compare />);
  const east = within(screen.getByRole("region", { name: "East" }));
  expect(east.getByText("Far worse.")).toBeTruthy();
  expect(screen.getByRole("region", { name: "West" }).textContent).not.toContain("Far worse.");
  expect(screen.getByRole("table")).toBeTruthy();
  expect(screen.getByRole("link", { name: "panel.compare.maps" }).getAttribute("href")).toBe(
    "/s/tiny?compare=1,2",
  );
  // The same level, today's, lies at the same place of both pictures only if they share their scale.
  const dots = (name: string) =>
    [...screen.getByRole("region", { name }).querySelectorAll("svg circle")].map((one) =>
      one.getAttribute("cx"),
    );
  expect(dots("West").filter((place) => dots("East").includes(place))).not.toEqual([]);
});

it("says that figures are of earlier changes, and waits where there are none", () => {
  openStudy("/compare?compare=1,2");
  progress.value = { phase: "preparing" };
  const { unmount } = render(<Compare />);
  expect(screen.getByRole("status").textContent).toBe("panel.loading");
  unmount();
  answer.value = { alternatives: [someAnswer({ id: "1" })] } as unknown as Answer;
  stale.value = true;
  render(<Compare />);
  expect(screen.getByText("panel.stale")).toBeTruthy();
});

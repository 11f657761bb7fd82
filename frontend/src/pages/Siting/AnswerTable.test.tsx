import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { SiteAnswer, SitePlace, Siting } from "../../api/analyses.ts";
import { AnswerTable } from "./AnswerTable.tsx";

const place = (id: string): SitePlace => ({
  id,
  name: { en: id.toUpperCase() },
  short: id,
  lat: 60,
  lon: 10,
  centre: "",
  organisation: "",
  existing: true,
  lock: "free",
  near_best: null,
});
const answer = (rank: number, given: Partial<SiteAnswer>): SiteAnswer => ({
  rank,
  value: 100 - rank,
  bound: null,
  gap: 0,
  proved: true,
  sites: {},
  by_period: {},
  opened: [],
  given_up: [],
  changed: [],
  plan: { edits: [], unsaid: [] },
  ...given,
});
const SITING = {
  objective: { unit: "count", factor: 1, digits: 0 },
  sites: [place("a"), place("b")],
  answers: [answer(1, {}), answer(2, { opened: ["b"], given_up: ["a"], proved: false, gap: 0.02 })],
} as unknown as Siting;

it("tells what differs from the first, and shows the one that is asked for", async () => {
  const onChoose = vi.fn();
  render(<AnswerTable siting={SITING} chosen={1} onChoose={onChoose} />);
  expect(screen.getByText("siting.the_first")).toBeTruthy();
  expect(screen.getByText("siting.opens")).toBeTruthy();
  expect(screen.getByText("siting.leaves")).toBeTruthy();
  expect(screen.getByText("−1")).toBeTruthy();
  expect(screen.getByText("analysis.not_proved")).toBeTruthy();
  await userEvent.click(screen.getAllByRole("button")[1] as HTMLElement);
  expect(onChoose).toHaveBeenCalledWith(2);
});

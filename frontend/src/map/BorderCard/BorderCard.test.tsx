import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Service } from "../../api/types.ts";
import { SET_BORDER } from "../../components/sample.ts";
import { chosen } from "../../state/drafts.ts";
import { query } from "../../state/location.ts";
import { ready } from "../../state/remote.ts";
import { serviceRemote } from "../../state/service.ts";
import { editKinds } from "../../state/study.ts";
import { closeStudy, openStudy } from "../../testing/open.ts";
import { serve } from "../../testing/server.ts";
import { bordersOf } from "../centreBorder.ts";
import { bordersBetween } from "../geometry.ts";
import { showBorder } from "../view.ts";
import { BorderCard } from "./BorderCard.tsx";

const name = (id: string) => ({ id, name: id });
const [asking] = SET_BORDER.fields;
const KIND = {
  ...SET_BORDER,
  fields: [asking, asking && { ...asking, key: "owning_centre" }, ...SET_BORDER.fields.slice(1, 2)],
} as typeof SET_BORDER;

beforeEach(() => {
  openStudy("", { centres: ["east", "west"].map(name) } as never);
  serviceRemote.value = ready({ border_rules: [] } as unknown as Service);
  serve({ "GET /api/edits": { edits: [KIND] } });
  editKinds.value = [KIND];
});
afterEach(() => {
  closeStudy();
  vi.unstubAllGlobals();
});

it("finds every border once, with a place on it", () => {
  const square = (x: number, y: number) => ({
    type: "Polygon" as const,
    coordinates: [
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
        [x, y],
      ],
    ],
  });
  const squares = [0, 1, 2].flatMap((y) => [square(0, y), square(1, y)]);
  const lines = bordersBetween(squares, ["west", "east", "west", "east", "west", "east"]);
  expect(bordersOf(lines)).toEqual([{ one: "east", other: "west", lon: 1, lat: 1.5 }]);
  expect(bordersOf(bordersBetween(squares, ["west", "", "west", "", "west", ""]))).toEqual([]);
});

it("opens for no pair that is none", () => {
  for (const odd of [null, { one: "east", other: "east" }, { one: "east", other: "nowhere" }]) {
    showBorder(odd);
    const { container, unmount } = render(<BorderCard />);
    expect(container.innerHTML).toBe("");
    unmount();
  }
});

it("changes one way across, the other after a turn; said again of a way, the latter holds", () => {
  const say = (policy: string, turned: boolean) => {
    showBorder({ one: "east", other: "west" });
    const { unmount } = render(<BorderCard />);
    if (turned) fireEvent.click(screen.getByText("map.border_turn"));
    const last = document.querySelectorAll("select")[2] ?? document.body;
    fireEvent.change(last, { target: { value: policy } });
    fireEvent.click(screen.getByText("forms.add"));
    expect(query("border")).toBeNull();
    unmount();
  };
  say("seamless", false);
  say("own_first", true);
  say("own_only", false);
  const across = (asking_centre: string, owning_centre: string, policy: string) => ({
    edit: "set_border_policy",
    asking_centre,
    owning_centre,
    policy,
  });
  expect(chosen.value?.edits).toMatchObject([
    across("east", "west", "own_only"),
    across("west", "east", "own_first"),
  ]);
});

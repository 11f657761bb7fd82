import { expect, it } from "vitest";
import { roomForNames } from "./roomForNames.ts";

const at = (spots: Readonly<Record<string, readonly [number, number]>>) => (id: string) => {
  const [x = 0, y = 0] = spots[id] ?? [];
  return { x, y };
};
const station = (id: string, units: number) => ({ id, name: "Town", units });

it("puts a name to the right, or to the left where another mark stands", () => {
  expect(roomForNames([station("a", 1)], at({ a: [0, 0] })).get("a")).toBe("right");
  const two = roomForNames([station("a", 3), station("b", 1)], at({ a: [0, 0], b: [30, 0] }));
  expect([two.get("a"), two.get("b")]).toEqual(["left", "right"]);
});

it("leaves out the name of the smaller one where only one has room", () => {
  const spots = { a: [0, 0], b: [2, 4], l: [-30, 0], r: [34, 0] } as const;
  const shown = roomForNames([station("a", 1), station("b", 5), station("l", 1), station("r", 1)], at(spots));
  expect(shown.has("a")).toBe(false);
  expect(shown.has("b")).toBe(false); // marks on both sides
  expect(shown.get("r")).toBe("right");
});

import { beforeEach, expect, it, vi } from "vitest";
import { client } from "../api/client.ts";
import type { Drives } from "../api/types.ts";
import { askReach, drives, forgetReach, reachFailed, rounded } from "./reach.ts";

const answers: ((found: Drives) => void)[] = [];
const asked = vi.spyOn(client, "drives");
const found = (seconds: number) => ({ seconds: [seconds] }) as unknown as Drives;
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  forgetReach();
  answers.length = 0;
  asked.mockReset();
  asked.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
});

it("asks one question at a time, and next the newest", async () => {
  for (const lat of [60, 60.1, 60.2, 60.3]) askReach("one", { lat, lon: 10 });
  expect(asked).toHaveBeenCalledTimes(1);
  answers[0]?.(found(1));
  await settled();
  expect(drives.value).toEqual(found(1));
  expect(asked.mock.calls.map(([, lat]) => lat)).toEqual([60, 60.3]);
  answers[1]?.(found(2));
  await settled();
  expect(drives.value).toEqual(found(2));
});

it("never asks twice about the same quarter of a kilometre", async () => {
  askReach("two", { lat: 60, lon: 10 });
  answers[0]?.(found(3));
  await settled();
  forgetReach();
  askReach("two", { lat: 60.0004, lon: 10.0009 });
  expect(asked).toHaveBeenCalledTimes(1);
  expect(drives.value).toEqual(found(3));
  expect(rounded({ lat: 60.0004, lon: 10.0009 })).toEqual({ lat: 60, lon: 10 });
});

it("says when it could not be answered, and goes on", async () => {
  asked.mockRejectedValueOnce(new TypeError("nobody answers"));
  askReach("three", { lat: 60, lon: 10 });
  await settled();
  expect(reachFailed.value).toBe(true);
  askReach("three", { lat: 61, lon: 10 });
  answers[0]?.(found(4));
  await settled();
  expect([reachFailed.value, drives.value]).toEqual([false, found(4)]);
});

it("forgets an answer that nobody waits for any more", async () => {
  askReach("four", { lat: 60, lon: 10 });
  forgetReach();
  answers[0]?.(found(5));
  await settled();
  expect(drives.value).toBeUndefined();
});

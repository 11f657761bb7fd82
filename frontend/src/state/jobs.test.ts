import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { someJob } from "../testing/jobs.ts";
import { serve } from "../testing/server.ts";
import { AGAIN_MS, jobs, watchJobs } from "./jobs.ts";
import { EMPTY, shown } from "./remote.ts";

/** A line to the server that a test can break. */
class Line extends EventTarget {
  static readonly CLOSED = 2;
  static readonly all: Line[] = [];
  readyState = 1;
  constructor() {
    super();
    Line.all.push(this);
  }
  close(): void {
    this.readyState = Line.CLOSED;
  }
  breakOff(state: number): void {
    this.readyState = state;
    this.dispatchEvent(new Event("error"));
  }
  tell(job: unknown): void {
    this.dispatchEvent(new MessageEvent("job", { data: JSON.stringify(job) }));
  }
}

const running = someJob("j", { state: "running" });
let stop: () => void;

beforeEach(() => {
  Line.all.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Line);
  serve({ "GET /api/jobs": { jobs: [running] } });
});
afterEach(() => {
  stop();
  jobs.value = EMPTY;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("says that the server is gone, keeps what was known, and goes on when it is there again", async () => {
  stop = watchJobs();
  await vi.waitFor(() => expect(Line.all).toHaveLength(1));
  Line.all[0]?.breakOff(0); // the browser tries again by itself
  expect(jobs.value.state).toBe("failed");
  expect(shown(jobs.value)).toEqual([running]);
  Line.all[0]?.tell({ ...running, state: "interrupted" });
  expect(jobs.value.state).toBe("ready");
  expect(shown(jobs.value)?.[0]?.state).toBe("interrupted");
});

it("asks again where the browser has given up", async () => {
  stop = watchJobs();
  await vi.waitFor(() => expect(Line.all).toHaveLength(1));
  Line.all[0]?.breakOff(Line.CLOSED);
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(jobs.value.state).toBe("ready");
  expect(Line.all.length).toBeGreaterThan(1);
});

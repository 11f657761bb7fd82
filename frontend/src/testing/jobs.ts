// Jobs that have ended, for tests.
import type { Job } from "../api/runs.ts";

export const someJob = (id: string, given: Partial<Job> = {}): Job => ({
  id,
  kind: "run",
  kind_text: { en: "Simulate" },
  study: "tiny",
  fingerprint: "a1b2",
  options: {},
  state: "done",
  state_text: { en: "done" },
  asked_s: 1_780_000_000,
  begun_s: null,
  ended_s: null,
  left_s: null,
  ahead: 0,
  progress: null,
  said: [],
  can_again: false,
  problem: null,
  problem_in: {},
  summary: null,
  ...given,
});

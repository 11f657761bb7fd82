// What a job waits for, and how long it still takes, in words; nothing where nobody knows.
import type { Job } from "../../api/runs.ts";
import { SECONDS, WHOLE_MINUTES } from "../../numbers/forms.ts";
import { useTexts } from "../texts.ts";

/** From so many seconds on, time is told in minutes. */
const LONG_S = 100;

export function useWait({ ahead, left_s: left }: Pick<Job, "ahead" | "left_s">): readonly string[] {
  const { say, numbers } = useTexts();
  const time = left === null ? "" : numbers.text(left, left > LONG_S ? WHOLE_MINUTES : SECONDS);
  return [
    ...(ahead > 0 ? [say("panel.runs.ahead", { count: numbers.whole(ahead) })] : []),
    ...(time ? [say("panel.runs.left", { time })] : []),
  ];
}

// The year on the screen: asked anew whenever what is chosen changes, growing while one looks.
import { computed, effect, signal } from "@preact/signals";
import { askYear, type Question } from "../api/answers.ts";
import { asProblem, isAbort, UNREACHABLE } from "../api/problem.ts";
import type { AlternativeAnswer, Answer, Problem } from "../api/types.ts";
import { against, chosen, compared, type Alternative } from "./drafts.ts";
import { language } from "./language.ts";
import { study } from "./study.ts";

/** Where the answer stands. `preparing`: asked, nothing simulated yet; `waiting`: the connection is lost and tried again. */
export type Progress =
  | { readonly phase: "empty" }
  | { readonly phase: "preparing"; readonly text?: string }
  | { readonly phase: "running" }
  | { readonly phase: "done" }
  | { readonly phase: "waiting"; readonly seconds: number }
  | { readonly phase: "failed"; readonly problem: Problem };

export const progress = signal<Progress>({ phase: "empty" });
export const answer = signal<Answer | undefined>(undefined);
/** Whether the answer on the screen is of older edits than those that are chosen. */
export const stale = signal(false);
const again = signal(0);

const page = crypto.randomUUID();
let ticket = 0;

const asked = ({ id, edits }: Alternative) => ({ id, edits });

/** What is asked now, as text, so that the same question is not asked twice. */
const question = computed(() => {
  const open = study.value;
  const one = chosen.value;
  const other = against.value;
  if (!open || !one || !other) return undefined;
  const of = compared.value.length > 0 ? compared.value : [one];
  const body = {
    of: of.map(asked),
    against: asked(other),
    replications: open.replications,
    lang: language.value,
  };
  return JSON.stringify({ study: open.id, fingerprint: open.fingerprint, body });
});

/** The answer about one alternative, if there is one. */
export function answerOf(id: string | undefined): AlternativeAnswer | undefined {
  return answer.value?.alternatives.find((one) => one.id === id);
}

/** Ask the same again, after a failure. */
export function askAgain(): void {
  again.value += 1;
}

async function follow(study: string, body: Question, signal: AbortSignal): Promise<void> {
  for await (const event of askYear(study, body, signal)) {
    if (event.kind === "done") progress.value = { phase: "done" };
    else if (event.kind === "waiting") progress.value = { phase: "preparing", text: event.text };
    else if (event.kind === "answer") {
      answer.value = event.answer;
      stale.value = false;
      progress.value = { phase: "running" };
    }
  }
}

const pause = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal.addEventListener("abort", end, { once: true });
  });

/** Ask until there is an answer; a lost connection is tried again, ever more seldom, anything else is told. */
async function ask(text: string, signal: AbortSignal): Promise<void> {
  const { study, body } = JSON.parse(text) as { study: string; body: Omit<Question, "page" | "ticket"> };
  for (let seconds = 1; !signal.aborted; seconds = Math.min(seconds * 2, 30)) {
    try {
      ticket += 1;
      progress.value = { phase: "preparing" };
      await follow(study, { page, ticket, ...body }, signal);
      return;
    } catch (error) {
      if (isAbort(error)) return;
      const problem = asProblem(error);
      if (problem !== UNREACHABLE) {
        progress.value = { phase: "failed", problem };
        return;
      }
      progress.value = { phase: "waiting", seconds };
      await pause(seconds, signal);
    }
  }
}

export function keepAnswers(): () => void {
  return effect(() => {
    const text = question.value;
    if (text === undefined || again.value < 0) return undefined;
    const stop = new AbortController();
    stale.value = answer.peek() !== undefined;
    void ask(text, stop.signal);
    return () => stop.abort();
  });
}

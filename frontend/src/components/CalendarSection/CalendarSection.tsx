// Simultaneity of a generated year, asked for by itself when somebody wants to see it: it is much to send.
import { useEffect, useState } from "preact/hooks";
import { askYear } from "../../api/answers.ts";
import { asProblem, isAbort } from "../../api/problem.ts";
import { against, TODAY, type Alternative } from "../../state/drafts.ts";
import { language, say as local } from "../../state/language.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../../state/remote.ts";
import { study } from "../../state/study.ts";
import { safeColours } from "../../state/theme.ts";
import { Section } from "../Section/Section.tsx";
import type { Calendar } from "../shapes.ts";
import { SimultaneityCalendar } from "../SimultaneityCalendar/SimultaneityCalendar.tsx";
import { useTexts } from "../texts.ts";

/** The page by which the server knows these questions: they must not take the place of the screen's own. */
const page = crypto.randomUUID();
let ticket = 0;

interface Found {
  readonly calendar: Calendar;
  readonly group: string;
}

/** The calendar of one replication of an alternative. */
async function askCalendar(
  open: string,
  alternative: Alternative,
  signal: AbortSignal,
): Promise<Found | null> {
  ticket += 1;
  const other = against.peek() ?? alternative;
  const question = {
    page,
    ticket,
    of: [{ id: alternative.id, edits: alternative.edits }],
    against: { id: other.id, edits: other.edits },
    replications: 1,
    lang: language.peek(),
    with_calendar: true,
  };
  for await (const event of askYear(open, question, signal)) {
    const answer = event.kind === "answer" ? event.answer.alternatives[0] : undefined;
    if (answer?.calendar) return { calendar: answer.calendar, group: drawnInGroup(answer.cards) };
  }
  return null;
}

/** Whom the figure of units from outside is about. */
function drawnInGroup(cards: readonly { id: string; group: string }[]): string {
  const id = (cards.find((card) => card.id === "drawn_in") ?? cards[0])?.group ?? "";
  return local(study.peek()?.groups.find((group) => group.id === id)?.name) || id;
}

export function CalendarSection({ alternative }: { alternative: Alternative }) {
  const { say } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<Remote<Found | null>>(EMPTY);
  const [showsOther, setShowsOther] = useState(false);
  const open = study.value?.id;
  useEffect(() => {
    if (!isOpen || open === undefined) return undefined;
    const stop = new AbortController();
    setFound(loading);
    askCalendar(open, alternative, stop.signal).then(
      (answer) => setFound(ready(answer)),
      (error: unknown) => {
        if (!stop.signal.aborted && !isAbort(error)) setFound((before) => failed(asProblem(error), before));
      },
    );
    return () => stop.abort();
  }, [isOpen, open]);
  const here = shown(found);
  const other = against.value;
  const canShowOther = other !== undefined && other.id !== alternative.id;
  const name = (one: Alternative) => local(one.title) || (one.id === TODAY ? say("panel.today") : one.id);
  return (
    <Section title={say("panel.calendar.title")} lead={say("panel.calendar.lead")}>
      {!isOpen && (
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {say("panel.calendar.show")}
        </button>
      )}
      {found.state === "loading" && !here && <p role="status">{say("panel.loading")}</p>}
      {found.state === "failed" && <p role="alert">{say(found.problem.detail)}</p>}
      {here && canShowOther && (
        <label class="hour-choice">
          <span class="unseen">{say("panel.calendar.which")}</span>
          <select
            class="field"
            value={showsOther ? "other" : "own"}
            onChange={(event) => setShowsOther(event.currentTarget.value === "other")}
          >
            <option value="own">{name(alternative)}</option>
            <option value="other">{name(other)}</option>
          </select>
        </label>
      )}
      {here && (
        <SimultaneityCalendar
          levels={showsOther ? here.calendar.against : here.calendar.levels}
          start={here.calendar.start}
          group={here.group}
          isSafe={safeColours.value}
          onSafe={(safe) => (safeColours.value = safe)}
        />
      )}
    </Section>
  );
}

// The risk analysis filled in together: several people assess at once and see one another's answers as they come.
import { useEffect } from "preact/hooks";
import { useTexts } from "../../components/texts.ts";
import { query, setQuery, withQuery } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import {
  answerTo,
  assessor,
  line,
  mine,
  picture,
  riskForm,
  riskPicture,
  waiting,
  watchRisk,
} from "../../state/risk.ts";
import { isReader, mayChange, session } from "../../state/session.ts";
import { study } from "../../state/study.ts";
import type { RiskForm, RiskPicture } from "../../api/risk.ts";
import { TopicChapters } from "../Topic/Topic.tsx";
import { Assess } from "./Assess/Assess.tsx";
import { placeOf, STAGES } from "./derive.ts";
import { EventList } from "./EventList/EventList.tsx";
import { TakeIn } from "./TakeIn/TakeIn.tsx";
import { Together } from "./Together/Together.tsx";
import { WhoBar } from "./WhoBar/WhoBar.tsx";
import { Workbook } from "./Workbook/Workbook.tsx";
import "./Risk.css";

/** Chapters of the report about what people hold to be likely and grave, and who has to talk to whom. */
const CHAPTERS = ["risk", "interfaces", "borders"];
const VIEWS = ["assess", "together", "report"] as const;

export default function Risk() {
  const { say } = useTexts();
  const id = study.value?.id;
  useEffect(() => (id === undefined ? undefined : watchRisk(id)), [id]);
  const view = VIEWS.find((one) => one === query("view")) ?? "assess";
  const form = shown(riskForm.value);
  const seen = picture.value;
  return (
    <main id="content" class="page risk">
      <header class="risk-head">
        <h1>{say("panel.page.risk")}</h1>
        {form && form.events.length > 0 && <LineState />}
        {id !== undefined && form && seen && view !== "report" && form.events.length > 0 && (
          <Workbook study={id} mayBring={mayChange.value} hasAnswers={seen.answers > 0} />
        )}
      </header>
      <nav class="topic-tabs" aria-label={say("risk.views")}>
        {VIEWS.map((one) => (
          <a
            key={one}
            href={withQuery({ view: one === "assess" ? null : one }).href}
            aria-current={one === view ? "page" : undefined}
          >
            {say(`risk.view_${one}`)}
          </a>
        ))}
      </nav>
      {view === "report" ? (
        <TopicChapters ids={CHAPTERS} />
      ) : form && seen && id !== undefined ? (
        <Body form={form} seen={seen} study={id} isTogether={view === "together"} />
      ) : (
        <Waiting />
      )}
    </main>
  );
}

/** Nothing to show yet, and why. */
function Waiting() {
  const { say } = useTexts();
  const failure = [riskForm.value, riskPicture.value].find((one) => one.state === "failed");
  if (failure?.state !== "failed") return <p class="quiet">{say("risk.loading")}</p>;
  return (
    <div class="risk-wrong" role="alert">
      <strong>{say(failure.problem.title)}</strong>
      <p>{say(failure.problem.detail)}</p>
    </div>
  );
}

function LineState() {
  const { say } = useTexts();
  const text =
    line.value === "lost"
      ? say("risk.line_lost", { waiting: waiting.value })
      : say(line.value === "live" ? "risk.line_live" : "risk.line_connecting");
  return (
    <p class={`risk-line is-${line.value}`} role="status">
      <span aria-hidden="true">{line.value === "lost" ? "▲" : "●"}</span> {text}
    </p>
  );
}

interface BodyProps {
  readonly form: RiskForm;
  readonly seen: RiskPicture;
  readonly study: string;
  readonly isTogether: boolean;
}

function Body({ form, seen, study: id, isTogether }: BodyProps) {
  const { say, local } = useTexts();
  const alternative = form.alternatives.find((one) => one.id === query("under")) ?? form.alternatives[0];
  const event = form.events.find((one) => one.id === query("event")) ?? form.events[0];
  const who = assessor.value;
  if (!event || !alternative)
    return <p class="risk-nothing">{say(event ? "risk.nothing_asked" : "risk.no_analysis")}</p>;
  const at = form.events.indexOf(event);
  const done = (under: string) => {
    if (!who || isTogether) return "";
    const answer = answerTo({ role: who.role, number: who.number, event: event.id, alternative: under });
    return ["○", "◐", "●"][STAGES.filter((stage) => placeOf(answer, stage)).length] ?? "";
  };
  return (
    <>
      <div class="risk-bar-top">
        {mayChange.value && !isTogether && (
          <WhoBar
            form={form}
            study={id}
            assessors={mine.value}
            chosen={who}
            account={session.value?.name ?? ""}
          />
        )}
        {isReader.value && <p class="quiet">{say("risk.reader")}</p>}
        <TakeIn study={id} picture={seen} mayTake={mayChange.value} />
      </div>
      <div class="risk-under" role="group" aria-label={say("risk.alternative")}>
        {form.alternatives.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === alternative.id}
            onClick={() => setQuery({ under: one.id })}
          >
            <span aria-hidden="true">{done(one.id)}</span> {local(one.name)}
          </button>
        ))}
      </div>
      {isTogether ? (
        <Together form={form} picture={seen} alternative={alternative.id} />
      ) : (
        <div class="risk-columns">
          <EventList
            form={form}
            picture={seen}
            chosen={event.id}
            alternative={alternative.id}
            assessor={who}
          />
          <section class="risk-event" aria-labelledby="risk-event">
            <h2 id="risk-event">
              {event.number} {local(event.name)}
            </h2>
            <p class="quiet">{local(event.cause)}</p>
            <Assess
              form={form}
              picture={seen}
              study={id}
              event={event.id}
              alternative={alternative.id}
              question={
                who
                  ? { role: who.role, number: who.number, event: event.id, alternative: alternative.id }
                  : null
              }
            />
            <p class="risk-row">
              <Step to={form.events[at - 1]?.id} text={say("risk.previous")} />
              <Step to={form.events[at + 1]?.id} text={say("risk.next")} />
            </p>
          </section>
        </div>
      )}
    </>
  );
}

function Step({ to, text }: { to: string | undefined; text: string }) {
  return (
    <button
      type="button"
      class="button"
      disabled={to === undefined}
      onClick={() => to !== undefined && setQuery({ event: to })}
    >
      {text}
    </button>
  );
}

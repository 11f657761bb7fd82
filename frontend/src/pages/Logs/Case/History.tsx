// Everything that has happened to a case: who did what, when, and why. Nothing of it can be changed.
import type { CaseDetail, LogForms } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { stampText } from "../words.ts";

interface Props {
  readonly detail: CaseDetail;
  readonly forms: LogForms;
}

export function History({ detail, forms }: Props) {
  const { say, local } = useTexts();
  const status = (id: string) => local(forms.statuses.find((one) => one.id === id)?.title) || id;
  const rule = (id: string) => local(forms.review_rules.find((one) => one.id === id)?.title) || id;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const text = (event: CaseDetail["history"][number]) => {
    const who = event.who === "local" ? say("logs.local") : event.who;
    const named = event.comment.split("+").map(rule).join(", ");
    return say(`logs.case.event_${event.what}`, {
      who,
      rules: named,
      before: status(event.before),
      after: event.what === "status" ? status(event.after) : event.after || say("logs.case.nobody"),
    });
  };
  return (
    <section class="case-history" aria-labelledby="case-history">
      <h3 id="case-history">{say("logs.case.history")}</h3>
      <ol>
        {detail.history.map((event, number) => (
          <li key={number}>
            <time class="quiet" dateTime={event.at}>
              {stampText(event.at, zone)}
            </time>
            <div>
              <p>{text(event)}</p>
              {event.what !== "flagged" && event.comment && <blockquote>{event.comment}</blockquote>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

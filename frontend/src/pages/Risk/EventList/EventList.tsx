// All events by area, each with how far one's own answers have come and the level where all together put it.
import type { Assessor, RiskForm, RiskPicture } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { withQuery } from "../../../state/location.ts";
import { answerTo } from "../../../state/risk.ts";
import { levelAt, placeIn, placeOf, spreadsOf, STAGES } from "../derive.ts";
import "./EventList.css";

interface Props {
  readonly form: RiskForm;
  readonly picture: RiskPicture;
  readonly chosen: string;
  readonly alternative: string;
  readonly assessor: Assessor | undefined;
}

export function EventList({ form, picture, chosen, alternative, assessor }: Props) {
  const { say, local } = useTexts();
  const spreads = spreadsOf(picture);
  const own = (event: string) => {
    if (!assessor) return 0;
    const { role, number } = assessor;
    const answer = answerTo({ role, number, event, alternative });
    return STAGES.filter((stage) => placeOf(answer, stage) !== null).length;
  };
  return (
    <nav class="risk-events" aria-label={say("risk.events")}>
      {form.areas.map((area) => (
        <section key={area.id} aria-labelledby={`risk-area-${area.id}`}>
          <h2 id={`risk-area-${area.id}`}>{local(area.name)}</h2>
          <ul>
            {form.events
              .filter((event) => event.area === area.id)
              .map((event) => {
                const done = own(event.id);
                const spread =
                  spreads(event.id, alternative, "after") ?? spreads(event.id, alternative, "before");
                const level = spread && levelAt(form, placeIn(spread));
                return (
                  <li key={event.id}>
                    <a
                      href={withQuery({ event: event.id }).href}
                      aria-current={event.id === chosen ? "true" : undefined}
                    >
                      <span class="risk-number">{event.number}</span>
                      <span>{local(event.name)}</span>
                      {assessor && (
                        <span class={`risk-done is-${done}`} title={say(`risk.done_${done}`)}>
                          <span aria-hidden="true">{DONE[done]}</span>
                          <span class="unseen">, {say(`risk.done_${done}`)}</span>
                        </span>
                      )}
                      {level && (
                        <span
                          class="risk-chip"
                          style={{ background: level.colour, color: level.ink }}
                          title={local(level.name)}
                        >
                          <span aria-hidden="true">{level.symbol}</span>
                          <span class="unseen">, {local(level.name)}</span>
                        </span>
                      )}
                    </a>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** None, one or both of before and after measures. */
const DONE = ["○", "◐", "●"];

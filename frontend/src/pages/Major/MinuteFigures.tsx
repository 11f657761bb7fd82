// The minute in figures: what the units on the map do, and what all moments together say of this minute.
import type { Major, MajorAnswer } from "../../api/analyses.ts";
import { Heading } from "../../components/Section/Heading.tsx";
import { useTexts } from "../../components/texts.ts";
import { COUNT, WHOLE_PERCENT } from "../../numbers/forms.ts";
import { EVENT_STATUSES, type EventNow } from "./eventNow.ts";
import { atMinute } from "./minutes.ts";

const TENTHS = { ...COUNT, digits: 1 };

interface Props {
  readonly answer: Major;
  readonly chosen: MajorAnswer;
  readonly now: EventNow | undefined;
  readonly minute: number;
}

export function MinuteFigures({ answer, chosen, now, minute }: Props) {
  const { say, local, numbers } = useTexts();
  const { minutes } = answer;
  const at = (values: readonly number[]) => atMinute(minutes, values, minute);
  const rest = chosen.rest[0];
  return (
    <div class="major-figures">
      <section aria-label={say("major.on_map")}>
        <Heading>{say("major.on_map")}</Heading>
        <dl class="analysis-facts">
          {EVENT_STATUSES.map((status) => (
            <div key={status}>
              <dt>{say(`major.status_${status}`)}</dt>
              <dd>{now ? numbers.whole(now.counts[status]) : "–"}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-label={say("major.all_moments")}>
        <Heading>{say("major.all_moments")}</Heading>
        <dl class="analysis-facts">
          <div>
            <dt>{say("major.have_come")}</dt>
            <dd>
              {numbers.plain(at(chosen.curve.median), COUNT)}{" "}
              <span class="quiet">
                ({numbers.plain(at(chosen.curve.low), COUNT)}–{numbers.plain(at(chosen.curve.high), COUNT)})
              </span>
            </dd>
          </div>
          {chosen.patients
            .filter((one) => one.patients > 0)
            .map((one) => (
              <div key={one.severity}>
                <dt>{say("major.at_hospital", { severity: local(one.name).toLowerCase() })}</dt>
                <dd>
                  {say("major.of_all", {
                    part: numbers.plain(at(one.delivered), TENTHS),
                    whole: numbers.whole(one.patients),
                  })}
                </dd>
              </div>
            ))}
          {rest && (
            <>
              <div>
                <dt>{say("major.free")}</dt>
                <dd>
                  {say("major.instead_of", {
                    now: numbers.plain(at(rest.free_with), TENTHS),
                    usual: numbers.plain(at(rest.free_without), TENTHS),
                  })}
                </dd>
              </div>
              <div>
                <dt>{say("major.people", { minutes: numbers.whole(rest.within_min) })}</dt>
                <dd>
                  {say("major.instead_of", {
                    now: numbers.text(at(rest.people_with), WHOLE_PERCENT),
                    usual: numbers.text(at(rest.people_without), WHOLE_PERCENT),
                  })}
                </dd>
              </div>
            </>
          )}
        </dl>
      </section>
    </div>
  );
}

// Where patients are taken, and who comes from where.
import type { Major, MajorAnswer } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { COUNT, MINUTES, WHOLE_PERCENT } from "../../numbers/forms.ts";

const TENTHS = { ...COUNT, digits: 1 };

/** The plan of an alternative; patients whom nobody has room for stand last, and are said to have none. */
export function TransportTable({ answer, chosen }: { answer: Major; chosen: MajorAnswer }) {
  const { say, local, numbers } = useTexts();
  const names = new Map(chosen.patients.map((one) => [one.severity, local(one.name)]));
  const people = (value: number) => numbers.plain(value, Number.isInteger(value) ? COUNT : TENTHS);
  return (
    <div class="analysis-scroll" tabIndex={0} role="region" aria-label={say("major.plan")}>
      <table class="analysis-table">
        <caption class="ask-legend">
          {say("major.plan")}: {local(chosen.name)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{say("major.hospital")}</th>
            <th scope="col">{say("major.severity")}</th>
            {(["takes", "planned", "delivered"] as const).map((one) => (
              <th key={one} scope="col" class="is-number">
                {say(`major.${one}`, { minutes: numbers.whole(answer.minutes.at(-1) ?? 0) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chosen.taken.map((one) => (
            <tr
              key={`${one.hospital ?? ""} ${one.severity}`}
              class={one.hospital === null ? "is-without" : ""}
            >
              <th scope="row">{one.hospital ?? say("major.no_room")}</th>
              <td>{names.get(one.severity)}</td>
              <td class="is-number">{one.hospital === null ? "–" : people(one.capacity)}</td>
              <td class="is-number">{people(one.planned)}</td>
              <td class="is-number">{one.hospital === null ? "–" : numbers.plain(one.delivered, TENTHS)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** When what is needed beside units for patients was there, alternative by alternative. */
export function NeededTable({ answer }: { answer: Major }) {
  const { say, local, numbers } = useTexts();
  if (!answer.answers.some((one) => one.needed.length > 0)) return null;
  return (
    <div class="analysis-scroll" tabIndex={0} role="region" aria-label={say("major.needed_table")}>
      <table class="analysis-table">
        <caption class="ask-legend">{say("major.needed_table")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("major.needed")}</th>
            <th scope="col">{say("major.needed_alternative")}</th>
            <th scope="col" class="is-number">
              {say("major.needed_there")}
            </th>
            <th scope="col">{say("major.needed_from")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.answers.flatMap((one) =>
            one.needed.map((need, row) => (
              <tr key={`${one.alternative} ${row}`}>
                <th scope="row">
                  {local(need.name)}
                  {need.waited && <span class="quiet"> {say("major.needed_is_waited")}</span>}
                </th>
                <td>{local(one.name)}</td>
                <td class="is-number">
                  {need.median === null ? say("major.needed_never") : numbers.text(need.median * 60, MINUTES)}
                  {need.reached < need.samples && (
                    <span class="quiet">
                      {" "}
                      {say("major.of", {
                        part: numbers.whole(need.reached),
                        whole: numbers.whole(need.samples),
                      })}
                    </span>
                  )}
                </td>
                <td>{need.stations}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

export function SourceTable({ chosen, samples }: { chosen: MajorAnswer; samples: number }) {
  const { say, local, numbers } = useTexts();
  return (
    <div class="analysis-scroll" tabIndex={0} role="region" aria-label={say("major.sources")}>
      <table class="analysis-table">
        <thead>
          <tr>
            <th scope="col">{say("major.station")}</th>
            <th scope="col">{say("major.organisation")}</th>
            {(["arrivals_mean", "first", "share"] as const).map((one) => (
              <th key={one} scope="col" class="is-number">
                {say(`major.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chosen.sources.map((one) => (
            <tr key={`${one.station} ${String(one.called_in)} ${local(one.needed ?? {})}`}>
              <th scope="row">
                {one.called_in ? say("major.called_in", { station: one.station }) : one.station}
                {one.needed && <span class="quiet"> {local(one.needed)}</span>}
              </th>
              <td>{one.organisation}</td>
              <td class="is-number">{numbers.plain(one.units, TENTHS)}</td>
              <td class="is-number">{numbers.text(one.first_min * 60, MINUTES)}</td>
              <td class="is-number">{numbers.text(one.samples_with / samples, WHOLE_PERCENT)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

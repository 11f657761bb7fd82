// The times that matter, alternatives beside one another: the middle of the moments, and the difference from today.
import type { Major, MajorMeasure } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import type { Form } from "../../numbers/forms.ts";

export function MeasureTable({ answer }: { answer: Major }) {
  const { say, local } = useTexts();
  const [today] = answer.answers;
  const measures = today?.measures ?? [];
  return (
    <div class="analysis-scroll" tabIndex={0} role="region" aria-label={say("major.measures")}>
      <table class="analysis-table major-measures">
        <thead>
          <tr>
            <th scope="col">{say("major.measure")}</th>
            {answer.answers.map((one) => (
              <th key={one.alternative} scope="col" class="is-number">
                {local(one.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <tr key={measure.id}>
              <th scope="row">{local(measure.name)}</th>
              {answer.answers.map((one, index) => (
                <td key={one.alternative} class="is-number">
                  <Cell measure={one.measures.find(({ id }) => id === measure.id)} isToday={index === 0} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{say("major.measures_help")}</p>
    </div>
  );
}

/** What is told of days with the event against those without it is a difference by itself. */
const isChange = (id: string) => id.includes("_change");

function Cell({ measure, isToday }: { measure: MajorMeasure | undefined; isToday: boolean }) {
  const { say, numbers } = useTexts();
  if (!measure) return <>–</>;
  const form = measure.form as Form;
  const value = isChange(measure.id)
    ? numbers.estimate({ value: measure.mean, low: measure.low, high: measure.high }, form, true)
    : numbers.text(measure.median, form);
  return (
    <>
      {value}
      {measure.reached < measure.samples && (
        <span class="quiet">
          {" "}
          {say("major.of", { part: numbers.whole(measure.reached), whole: numbers.whole(measure.samples) })}
        </span>
      )}
      {!isToday && <Change measure={measure} />}
    </>
  );
}

/** The difference from today, clearly better or worse where its interval does not hold zero. */
function Change({ measure }: { measure: MajorMeasure }) {
  const { say, numbers } = useTexts();
  const { change, change_low: low, change_high: high, better } = measure;
  if (change === null) return null;
  const isSure = low !== null && high !== null && (low > 0 || high < 0);
  const isBetter = Math.sign(change) === better;
  const mark = !isSure ? "" : isBetter ? "▲ " : "▼ ";
  const spoken = !isSure ? "" : say(isBetter ? "major.better" : "major.worse");
  return (
    <span class={`major-change ${isSure ? (isBetter ? "is-better" : "is-worse") : "is-unsure"}`}>
      <span aria-hidden="true">{mark}</span>
      {spoken && <span class="unseen">{spoken} </span>}
      {numbers.estimate({ value: change, low, high }, measure.change_form as Form, true)}
    </span>
  );
}

// One event under one alternative: where all stand before and after measures, and one's own answer.
import type { Question, RiskForm, RiskPicture, Stage } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { answerQuestion, answerTo, draftOf, line, settle } from "../../../state/risk.ts";
import { isEmpty } from "../../../state/riskDrafts.ts";
import { stored } from "../../../state/stored.ts";
import { countAt, partAt, placeIn, placeOf, spreadsOf, STAGES } from "../derive.ts";
import { Matrix } from "../Matrix/Matrix.tsx";
import { History } from "./History.tsx";
import { Met } from "./Met.tsx";
import { SpreadLine } from "./SpreadLine.tsx";
import "./Assess.css";

interface Props {
  readonly form: RiskForm;
  readonly picture: RiskPicture;
  readonly study: string;
  readonly event: string;
  readonly alternative: string;
  /** Whose answer is given; null for one who only looks. */
  readonly question: Question | null;
}

/** Not to be led by others: what they answered is shown when one wants it. */
const hidesOthers = stored<boolean>("beredt.risk.hide", false);

export function Assess({ form, picture, study, event, alternative, question }: Props) {
  const { say, local, numbers } = useTexts();
  const spreads = spreadsOf(picture);
  const answer = question ? answerTo(question) : null;
  const isHidden = hidesOthers.value && question !== null;
  const stageText = (stage: Stage) => say(`risk.stage_${stage}`);
  const others = picture.measures.filter(
    (one) => one.event === event && one.alternative === alternative && one.text !== answer?.measures,
  );
  return (
    <div class="risk-assess">
      <div class="risk-stages">
        {STAGES.map((stage) => {
          const spread = isHidden ? undefined : spreads(event, alternative, stage);
          return (
            <div class="risk-stage" key={stage}>
              <Matrix
                form={form}
                title={stageText(stage)}
                own={answer ? placeOf(answer, stage) : null}
                middle={spread ? placeIn(spread) : null}
                cellAt={(place) => {
                  const count = countAt(spread, place);
                  return count === 0
                    ? { text: "", told: "" }
                    : { text: numbers.whole(count), told: say("risk.cell_count", { count }) };
                }}
                {...(question ? { onChoose: (place) => answerQuestion(question, partAt(stage, place)) } : {})}
              />
              {isHidden ? (
                <p class="quiet">{say("risk.hidden")}</p>
              ) : (
                <SpreadLine form={form} spread={spread} all={picture.assessors.length} />
              )}
            </div>
          );
        })}
      </div>
      <p class="risk-frames">
        {question && (
          <span>
            <i class="is-own" aria-hidden="true" />
            {say("risk.frame_own")}
          </span>
        )}
        {!isHidden && (
          <span>
            <i aria-hidden="true" />
            {say("risk.frame_middle")}
          </span>
        )}
      </p>
      {question && answer && (
        <div class="risk-own">
          <State question={question} />
          <Met form={form} question={question} onSettle={(isMine) => settle(question, isMine)} />
          <fieldset class="risk-knowledge">
            <legend>{say("risk.knowledge")}</legend>
            {form.knowledge.map((one) => (
              <label key={one.id}>
                <input
                  type="radio"
                  name="risk-knowledge"
                  checked={answer.knowledge === one.id}
                  onChange={() => answerQuestion(question, { knowledge: one.id as typeof answer.knowledge })}
                />
                {local(one.name)}
              </label>
            ))}
            {answer.knowledge !== null && (
              <button
                type="button"
                class="button plain"
                onClick={() => answerQuestion(question, { knowledge: null })}
              >
                {say("risk.untold")}
              </button>
            )}
          </fieldset>
          <label class="risk-measures">
            <span>{say("risk.measures")}</span>
            <textarea
              class="field"
              rows={2}
              key={`${event} ${alternative} ${question.role} ${question.number}`}
              maxLength={form.longest_measures}
              value={answer.measures ?? ""}
              aria-describedby="risk-measures-help"
              onChange={(change) => {
                const text = change.currentTarget.value.split(/\s+/).filter(Boolean).join(" ");
                answerQuestion(question, { measures: text || null });
              }}
            />
            <span class="quiet" id="risk-measures-help">
              {say("risk.measures_help")}
            </span>
          </label>
          <p class="risk-row">
            <label>
              <input
                type="checkbox"
                checked={hidesOthers.value}
                onChange={(change) => (hidesOthers.value = change.currentTarget.checked)}
              />{" "}
              {say("risk.hide")}
            </label>
            {!isEmpty(answer) && (
              <button
                type="button"
                class="button plain"
                onClick={() => {
                  answerQuestion(question, {
                    ...partAt("before", null),
                    ...partAt("after", null),
                    knowledge: null,
                    measures: null,
                  });
                }}
              >
                {say("risk.clear")}
              </button>
            )}
          </p>
          <History
            key={`${question.role} ${question.number} ${event} ${alternative}`}
            study={study}
            question={question}
          />
        </div>
      )}
      {!isHidden && others.length > 0 && (
        <section class="risk-others" aria-labelledby="risk-others">
          <h3 id="risk-others">{say("risk.others_measures")}</h3>
          <ul>
            {others.map((one) => (
              <li key={one.text}>{one.text}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** What has become of the answer: kept for all, on its way, or not whole yet. */
function State({ question }: { question: Question }) {
  const { say } = useTexts();
  const draft = draftOf(question);
  const answer = answerTo(question);
  const text = !draft
    ? isEmpty(answer)
      ? "risk.state_empty"
      : "risk.state_kept"
    : draft.fault?.kind === "wrong"
      ? null
      : draft.fault
        ? "risk.state_met"
        : isHalf(answer)
          ? "risk.state_half"
          : line.value === "lost"
            ? "risk.state_waits"
            : "risk.state_going";
  return (
    <p class="risk-state" role="status">
      {text ? (
        say(text)
      ) : (
        <span class="risk-wrong">{draft?.fault?.kind === "wrong" && draft.fault.text}</span>
      )}
    </p>
  );
}

const isHalf = (answer: ReturnType<typeof answerTo>) =>
  (answer.likelihood_before === null) !== (answer.consequence_before === null) ||
  (answer.likelihood_after === null) !== (answer.consequence_after === null);

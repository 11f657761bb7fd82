// Where all stand together under one alternative: events by number in the matrices, and event by event how far people lie apart.
import type { RiskForm, RiskPicture, Spread, Stage } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { query, setQuery, withQuery } from "../../../state/location.ts";
import { STEP } from "../Assess/SpreadLine.tsx";
import { eventsIn, levelAt, placeIn, spreadsOf, STAGES } from "../derive.ts";
import { Matrix } from "../Matrix/Matrix.tsx";
import { Missing } from "../Missing/Missing.tsx";
import "./Together.css";

interface Props {
  readonly form: RiskForm;
  readonly picture: RiskPicture;
  readonly alternative: string;
}

const APART = { unit: "count", factor: 1, digits: 2 } as const;

export function Together({ form, picture, alternative }: Props) {
  const { say, local, numbers } = useTexts();
  const spreads = spreadsOf(picture);
  const roles = form.roles.filter((one) => picture.spreads.some((spread) => spread.role === one.id));
  const role = roles.find((one) => one.id === query("role"))?.id ?? "";
  const stageText = (stage: Stage) => say(`risk.stage_${stage}`);
  return (
    <div class="risk-together">
      {roles.length > 0 && (
        <label class="risk-by-role">
          <span>{say("risk.by_role")}</span>
          <select
            class="field"
            value={role}
            onChange={(event) => setQuery({ role: event.currentTarget.value || null })}
          >
            <option value="">{say("risk.everybody")}</option>
            {roles.map((one) => (
              <option key={one.id} value={one.id}>
                {local(one.name)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="risk-stages">
        {STAGES.map((stage) => {
          const events = eventsIn(form, spreads, alternative, stage, role);
          return (
            <Matrix
              key={stage}
              form={form}
              title={stageText(stage)}
              cellAt={({ likelihood, consequence }) => {
                const here = (events.get(`${likelihood} ${consequence}`) ?? []).join(" ");
                return { text: here, told: here && say("risk.cell_events", { events: here }) };
              }}
            />
          );
        })}
      </div>
      <ul class="risk-key" aria-label={say("risk.levels")}>
        {form.levels.map((one) => (
          <li key={one.level}>
            <span class="risk-chip" style={{ background: one.colour, color: one.ink }} aria-hidden="true">
              {one.symbol}
            </span>{" "}
            {local(one.name)}
          </li>
        ))}
      </ul>
      <p class="quiet">
        {say("risk.never_summed")} {form.is_example && say("risk.example")}
      </p>
      <div class="risk-scroll risk-table" tabIndex={0} role="region" aria-label={say("risk.table")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say("risk.event")}</th>
              <th scope="col">{say("risk.stage")}</th>
              <th scope="col">{say("risk.level")}</th>
              <th scope="col">{say("risk.likelihood")}</th>
              <th scope="col">{say("risk.consequence")}</th>
              <th scope="col" title={say("risk.apart_help")}>
                {say("risk.apart")}
              </th>
              <th scope="col">{say("risk.answered")}</th>
            </tr>
          </thead>
          {form.areas.map((area) => (
            <tbody key={area.id}>
              <tr class="risk-group">
                <th scope="rowgroup" colSpan={7}>
                  {local(area.name)}
                </th>
              </tr>
              {form.events
                .filter((event) => event.area === area.id)
                .flatMap((event) =>
                  STAGES.map((stage) => {
                    const spread = spreads(event.id, alternative, stage, role);
                    return (
                      <tr key={`${event.id} ${stage}`} class={`risk-of-${stage}`}>
                        {stage === "before" && (
                          <th scope="row" rowSpan={STAGES.length}>
                            <a href={withQuery({ view: null, event: event.id }).href}>
                              {event.number} {local(event.name)}
                            </a>
                          </th>
                        )}
                        <td>{stageText(stage)}</td>
                        <SpreadCells
                          form={form}
                          spread={spread}
                          all={role ? undefined : picture.assessors.length}
                        />
                      </tr>
                    );
                  }),
                )}
            </tbody>
          ))}
        </table>
      </div>
      <Agreement picture={picture} alternative={alternative} />
      <Missing form={form} picture={picture} />
    </div>
  );

  function Agreement({ picture: seen, alternative: under }: { picture: RiskPicture; alternative: string }) {
    const found = seen.agreement.filter((one) => one.alternative === under && one.alpha !== null);
    if (found.length === 0) return null;
    return (
      <section class="risk-agreement" aria-labelledby="risk-agreement">
        <h2 id="risk-agreement">{say("risk.agreement")}</h2>
        <p class="quiet">{say("risk.agreement_help")}</p>
        <ul>
          {found.map((one) => (
            <li key={`${one.stage} ${one.dimension}`}>
              {say(`risk.${one.dimension}`)}, {stageText(one.stage)}: <b>{numbers.plain(one.alpha, APART)}</b>
            </li>
          ))}
        </ul>
      </section>
    );
  }
}

function SpreadCells({
  form,
  spread,
  all,
}: {
  form: RiskForm;
  spread: Spread | undefined;
  all: number | undefined;
}) {
  const { say, local, numbers } = useTexts();
  if (!spread)
    return (
      <td colSpan={5} class="quiet">
        {say("risk.unassessed")}
      </td>
    );
  const level = levelAt(form, placeIn(spread));
  return (
    <>
      <td>
        <span class="risk-chip" style={{ background: level?.colour ?? "", color: level?.ink ?? "" }}>
          {level?.symbol} {local(level?.name)}
        </span>
      </td>
      {[spread.likelihood, spread.consequence].map((one, index) => (
        <td key={index}>
          <Range {...one} />
        </td>
      ))}
      <td>
        {numbers.plain(spread.likelihood.disagreement, APART)} /{" "}
        {numbers.plain(spread.consequence.disagreement, APART)}
      </td>
      <td>
        {all === undefined
          ? numbers.whole(spread.assessors)
          : say("risk.of", { given: spread.assessors, asked: Math.max(all, spread.assessors) })}
      </td>
    </>
  );
}

const LEFT = 6;
const STEP_WIDTH = 14;
const x = (step: number) => LEFT + (step - 1) * STEP_WIDTH;

/** The five steps, the range as a line and the middle as a dot, with the figures beside them. */
function Range({ median, low, high }: Spread["likelihood"]) {
  const { say, numbers } = useTexts();
  const middle = numbers.plain(median, STEP(median));
  return (
    <span class="risk-range">
      <svg width="68" height="14" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((step) => (
          <circle key={step} cx={x(step)} cy="7" r="1.5" class="risk-range-step" />
        ))}
        <line x1={x(low)} x2={x(high)} y1="7" y2="7" class="risk-range-line" />
        <circle cx={x(median)} cy="7" r="4" class="risk-range-middle" />
      </svg>
      {low === high ? middle : say("risk.median", { median: middle, low, high })}
    </span>
  );
}

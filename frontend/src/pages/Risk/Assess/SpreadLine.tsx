// Under a matrix in words: the middle, the range, how far assessors lie apart, and who is missing.
import type { RiskForm, Spread } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { levelAt, placeIn } from "../derive.ts";

interface Props {
  readonly form: RiskForm;
  readonly spread: Spread | undefined;
  /** How many take part. */
  readonly all: number;
}

export const STEP = (value: number) =>
  ({ unit: "count", factor: 1, digits: Number.isInteger(value) ? 0 : 1 }) as const;
const APART = { unit: "count", factor: 1, digits: 2 } as const;

export function SpreadLine({ form, spread, all }: Props) {
  const { say, local, numbers } = useTexts();
  if (!spread)
    return <p class="risk-spread quiet">{all === 0 ? say("risk.nobody") : say("risk.none", { all })}</p>;
  const level = levelAt(form, placeIn(spread));
  const middle = ({ median, low, high }: Spread["likelihood"]) =>
    low === high
      ? numbers.plain(median, STEP(median))
      : say("risk.median", { median: numbers.plain(median, STEP(median)), low, high });
  return (
    <dl class="risk-spread">
      <div>
        <dt>{say("risk.level")}</dt>
        <dd>
          {level?.symbol} {local(level?.name)}
        </dd>
      </div>
      <div>
        <dt>{say("risk.likelihood")}</dt>
        <dd>{middle(spread.likelihood)}</dd>
      </div>
      <div>
        <dt>{say("risk.consequence")}</dt>
        <dd>{middle(spread.consequence)}</dd>
      </div>
      <div>
        <dt title={say("risk.apart_help")}>{say("risk.apart")}</dt>
        <dd>
          {numbers.plain(spread.likelihood.disagreement, APART)} /{" "}
          {numbers.plain(spread.consequence.disagreement, APART)}
        </dd>
      </div>
      <div>
        <dt>{say("risk.answered")}</dt>
        <dd>{say("risk.of", { given: spread.assessors, asked: Math.max(all, spread.assessors) })}</dd>
      </div>
    </dl>
  );
}

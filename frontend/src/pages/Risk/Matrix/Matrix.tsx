// The matrix of likelihood and consequence. A cell says its level by colour, sign and first letter, and what stands in it by
// number. Where one may answer, a click or the arrow keys and Enter put one's own answer into a cell.
import { useRef, useState } from "preact/hooks";
import type { RiskForm } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { DOWN, levelAt, STEPS, type Place } from "../derive.ts";
import "./Matrix.css";

export interface MatrixCell {
  readonly text: string;
  /** What stands in the cell, in words; empty for nothing. */
  readonly told: string;
}

interface Props {
  readonly form: RiskForm;
  readonly title: string;
  readonly cellAt: (place: Place) => MatrixCell;
  readonly own?: Place | null;
  /** Where the medians of all lie. */
  readonly middle?: Place | null;
  readonly onChoose?: (place: Place | null) => void;
}

const isAt = (one: Place | null | undefined, other: Place) =>
  one?.likelihood === other.likelihood && one.consequence === other.consequence;
const within = (step: number) => Math.min(STEPS.length, Math.max(1, step));

export function Matrix({ form, title, cellAt, own, middle, onChoose }: Props) {
  const { say, local } = useTexts();
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Place | null>(null);
  const here = at ?? own ?? middle ?? { likelihood: 3, consequence: 3 };
  const go = (place: Place) => {
    setAt(place);
    table.current
      ?.querySelector<HTMLElement>(`[data-at="${place.likelihood} ${place.consequence}"]`)
      ?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = MOVES[event.key];
    if (step) {
      go({ likelihood: within(here.likelihood + step[0]), consequence: within(here.consequence + step[1]) });
      event.preventDefault();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      onChoose?.(null);
      event.preventDefault();
    }
  };
  return (
    <table class="risk-matrix" ref={table} aria-label={title} onKeyDown={onChoose ? onKeyDown : undefined}>
      <caption>{title}</caption>
      <tbody>
        {DOWN.map((likelihood) => (
          <tr key={likelihood}>
            {likelihood === STEPS.length && (
              <th class="risk-axis risk-axis-up" rowSpan={STEPS.length} scope="rowgroup">
                <span>{say("risk.likelihood")}</span>
              </th>
            )}
            <th scope="row" title={local(form.likelihood_steps[likelihood - 1])}>
              {likelihood}
            </th>
            {STEPS.map((consequence) => {
              const place = { likelihood, consequence };
              const level = levelAt(form, place);
              const cell = cellAt(place);
              const isOwn = isAt(own, place);
              const isMiddle = isAt(middle, place);
              const name = local(level?.name);
              const label = [
                say("risk.cell", {
                  likelihood: `${likelihood} ${local(form.likelihood_steps[likelihood - 1])}`,
                  consequence: `${consequence} ${local(form.consequence_steps[consequence - 1])}`,
                  level: name,
                }),
                cell.told,
                isOwn ? say("risk.cell_own") : "",
                isMiddle ? say("risk.cell_middle") : "",
              ]
                .filter(Boolean)
                .join(" ");
              const look = `risk-cell ${isOwn ? "is-own" : ""} ${isMiddle ? "is-middle" : ""}`;
              const inside = (
                <>
                  <i aria-hidden="true">
                    {level?.symbol} {name.slice(0, 1).toUpperCase()}
                  </i>
                  <b aria-hidden="true">{cell.text}</b>
                </>
              );
              const style = { background: level?.colour ?? "", color: level?.ink ?? "" };
              return (
                <td key={consequence}>
                  {onChoose ? (
                    <button
                      type="button"
                      class={look}
                      style={style}
                      data-at={`${likelihood} ${consequence}`}
                      tabIndex={isAt(here, place) ? 0 : -1}
                      aria-pressed={isOwn}
                      aria-label={label}
                      title={label}
                      onFocus={() => setAt(place)}
                      onClick={() => onChoose(isOwn ? null : place)}
                    >
                      {inside}
                    </button>
                  ) : (
                    <span class={look} style={style} title={label}>
                      <span class="unseen">{label}</span>
                      {inside}
                    </span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
        <tr>
          <td colSpan={2} />
          {STEPS.map((consequence) => (
            <th key={consequence} scope="col" title={local(form.consequence_steps[consequence - 1])}>
              {consequence}
            </th>
          ))}
        </tr>
        <tr>
          <td colSpan={2} />
          <th class="risk-axis" colSpan={STEPS.length} scope="colgroup">
            {say("risk.consequence")}
          </th>
        </tr>
      </tbody>
    </table>
  );
}

/** Change of likelihood and of consequence. */
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

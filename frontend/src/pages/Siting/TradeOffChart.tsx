// A trade-off as a curve of answers: each a button, so that pointer and keyboard alike show it on the map.
import type { TradeOff } from "../../api/analyses.ts";
import { niceTicks } from "../../components/HourCurve/ticks.ts";
import { useTexts } from "../../components/texts.ts";
import type { Form } from "../../numbers/forms.ts";
import "./TradeOffChart.css";

interface Props {
  readonly traded: TradeOff;
  /** The point that is looked at, from 1. */
  readonly chosen: number | null;
  readonly onChoose: (point: number) => void;
}

export function TradeOffChart({ traded, chosen, onChoose }: Props) {
  const { say, local, numbers } = useTexts();
  const [first, second] = traded.criteria;
  if (!first || !second || traded.points.length === 0) return null;
  const [up, along] = [first.form as Form, second.form as Form];
  const rows = niceTicks(
    traded.points.map((one) => one.first * up.factor),
    4,
  );
  const columns = niceTicks(
    traded.points.map((one) => one.second * along.factor),
    5,
  );
  const [low = 0, high = 1, left = 0, right = 1] = [rows[0], rows.at(-1), columns[0], columns.at(-1)];
  const x = (value: number) => ((value - left) / (right - left || 1)) * 100;
  const y = (value: number) => 100 - ((value - low) / (high - low || 1)) * 100;
  const places = traded.points.map((one) => ({
    x: x(one.second * along.factor),
    y: y(one.first * up.factor),
  }));
  const a = traded.points[0];
  const b = traded.points.at(-1);
  const alt = say("siting.trade_alt", {
    first: local(first.name),
    second: local(second.name),
    a1: numbers.text(a?.first, up),
    a2: numbers.text(a?.second, along),
    b1: numbers.text(b?.first, up),
    b2: numbers.text(b?.second, along),
  });
  const plain = (form: Form, value: number) =>
    numbers.plain(value, { ...form, factor: 1, digits: Number.isInteger(value) ? 0 : 1 });
  return (
    <figure class="trade">
      <p class="trade-up">{local(first.name)}</p>
      <div class="trade-box" role="group" aria-label={alt}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {rows.map((tick) => (
            <line key={tick} class="trade-grid" x1={0} x2={100} y1={y(tick)} y2={y(tick)} />
          ))}
          <polyline class="trade-line" points={places.map((one) => `${one.x},${one.y}`).join(" ")} />
        </svg>
        {rows.map((tick) => (
          <span key={tick} class="trade-tick is-row" style={{ top: `${y(tick)}%` }}>
            {plain(up, tick)}
          </span>
        ))}
        {columns.map((tick) => (
          <span key={tick} class="trade-tick is-column" style={{ left: `${x(tick)}%` }}>
            {plain(along, tick)}
          </span>
        ))}
        {places.map((place, index) => {
          const point = traded.points[index];
          const label = say("siting.point", {
            rank: index + 1,
            first: `${local(first.name)} ${numbers.text(point?.first, up)}`,
            second: `${local(second.name)} ${numbers.text(point?.second, along)}`,
          });
          return (
            <button
              key={index}
              type="button"
              class="trade-point"
              style={{ left: `${place.x}%`, top: `${place.y}%` }}
              aria-pressed={chosen === index + 1}
              aria-label={label}
              title={label}
              onClick={() => onChoose(index + 1)}
            >
              <i />
            </button>
          );
        })}
      </div>
      <p class="trade-along">{local(second.name)}</p>
      <figcaption class="quiet">
        {traded.exact
          ? say("siting.trade_exact")
          : say("siting.trade_inexact", {
              step: numbers.text(traded.step, { ...along, digits: along.digits + 1 }),
            })}
      </figcaption>
      <details>
        <summary>{say("siting.points_table")}</summary>
        <table class="analysis-table">
          <thead>
            <tr>
              <th>{say("siting.rank")}</th>
              <th class="is-number">{local(first.name)}</th>
              <th class="is-number">{local(second.name)}</th>
            </tr>
          </thead>
          <tbody>
            {traded.points.map((point, index) => (
              <tr key={index}>
                <td>{index + 1}</td>
                <td class="is-number">{numbers.text(point.first, up)}</td>
                <td class="is-number">{numbers.text(point.second, along)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

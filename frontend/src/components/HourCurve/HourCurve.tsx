/** A figure by the hour of the day: a small line without axes in cards, a chart with axes below them. */
import type { Hours } from "../../api/types.ts";
import { levelForm } from "../../numbers/forms.ts";
import { useTexts } from "../texts.ts";
import { niceTicks } from "./ticks.ts";
import "./HourCurve.css";

export interface Line {
  id: string;
  name: string;
  ink: string;
  values: Hours;
  /** Ends of the interval of each hour, drawn as a band. */
  low?: Hours;
  high?: Hours;
  /** Drawn thinner and dashed: what the others are measured against. */
  quiet?: boolean;
}

interface Props {
  lines: readonly Line[];
  unit: string;
  alt: string;
  small?: boolean;
}

const HOURS = 24;
const TICK_HOURS = [0, 6, 12, 18, 24];

export function HourCurve({ lines, unit, alt, small = false }: Props) {
  const { numbers } = useTexts();
  const drawn = lines.filter((line) => line.values.some(isKnown));
  const frame = small ? SMALL : LARGE;
  const form = levelForm(unit);
  const ends = drawn.flatMap((line) =>
    [...line.values, ...(line.low ?? []), ...(line.high ?? [])].filter(isKnown),
  );
  const ticks = niceTicks(
    ends.map((value) => value * form.factor),
    small ? 2 : 4,
    !small && form.unit === "count",
  );
  const low = (ticks[0] ?? 0) / form.factor;
  const high = (ticks.at(-1) ?? 1) / form.factor;
  const x = (hour: number) => frame.left + (hour / HOURS) * (frame.width - frame.left - frame.right);
  const y = (value: number) =>
    frame.height -
    frame.bottom -
    ((value - low) / (high - low || 1)) * (frame.height - frame.top - frame.bottom);

  return (
    <svg
      class={small ? "hour-curve hour-curve-small" : "hour-curve"}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      preserveAspectRatio={small ? "none" : "xMidYMid meet"}
      role="img"
      aria-label={alt}
    >
      {!small &&
        ticks.map((tick) => (
          <g key={tick}>
            <line
              class="hour-curve-grid"
              x1={x(0)}
              x2={x(HOURS)}
              y1={y(tick / form.factor)}
              y2={y(tick / form.factor)}
            />
            <text class="hour-curve-text" x={frame.left - 6} y={y(tick / form.factor) + 4} text-anchor="end">
              {numbers.plain(tick, { ...form, factor: 1, digits: tickDigits(ticks) })}
            </text>
          </g>
        ))}
      {small && (
        <line class="hour-curve-grid" x1={x(0)} x2={x(HOURS)} y1={frame.height - 1} y2={frame.height - 1} />
      )}
      {!small &&
        TICK_HOURS.map((hour) => (
          <text key={hour} class="hour-curve-text" x={x(hour)} y={frame.height - 6} text-anchor="middle">
            {numbers.hour(hour)}
          </text>
        ))}
      {drawn.map((line) => (
        <g key={line.id} style={{ color: line.ink }}>
          {line.low && line.high && <path class="hour-curve-band" d={bandPath(line.low, line.high, x, y)} />}
          <path
            class={line.quiet ? "hour-curve-line hour-curve-quiet" : "hour-curve-line"}
            d={linePath(line.values, x, y)}
          />
        </g>
      ))}
    </svg>
  );
}

interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const SMALL: Frame = { width: 160, height: 34, left: 1, right: 1, top: 3, bottom: 3 };
const LARGE: Frame = { width: 380, height: 190, left: 40, right: 12, top: 10, bottom: 26 };

type Place = (value: number) => number;

/** A value stands for its whole hour, so its point is in the middle of it. */
function linePath(values: Hours, x: Place, y: Place): string {
  let path = "";
  let isBroken = true;
  values.forEach((value, hour) => {
    if (!isKnown(value)) {
      isBroken = true;
      return;
    }
    path += `${isBroken ? "M" : "L"}${x(hour + 0.5).toFixed(1)} ${y(value).toFixed(1)}`;
    isBroken = false;
  });
  return path;
}

function bandPath(low: Hours, high: Hours, x: Place, y: Place): string {
  const points = (ends: Hours) =>
    ends.flatMap((value, hour) =>
      isKnown(value) ? [`${x(hour + 0.5).toFixed(1)} ${y(value).toFixed(1)}`] : [],
    );
  const around = [...points(high), ...points(low).reverse()];
  return around.length > 2 ? `M${around.join("L")}Z` : "";
}

function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function tickDigits(ticks: readonly number[]): number {
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  return step >= 1 ? 0 : 1;
}

// Curves by the minute: a line for each series, bands where they are known, and the minute that is looked at.
import type { Form } from "../../numbers/forms.ts";
import { niceTicks } from "../HourCurve/ticks.ts";
import { useTexts } from "../texts.ts";
import { areaPath, pathOf } from "./paths.ts";
import "./MinuteChart.css";

export interface MinuteLine {
  readonly id: string;
  readonly name: string;
  /** A CSS colour. */
  readonly ink: string;
  readonly values: readonly number[];
  /** Ends of a band around it. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** Thinner and dashed: what the others are measured against. */
  readonly quiet?: boolean;
}

interface Props {
  readonly lines: readonly MinuteLine[];
  readonly minutes: readonly number[];
  readonly form: Form;
  /** What stands along the side, and below. */
  readonly side: string;
  readonly below: string;
  readonly alt: string;
  /** The least end of the side's scale. */
  readonly most?: number;
  /** The minute that is looked at. */
  readonly at?: number | undefined;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 240, 44, 12, 24, 40];

export function MinuteChart({ lines, minutes, form, side, below, alt, most = 0, at }: Props) {
  const { numbers } = useTexts();
  const end = Math.max(1, minutes.at(-1) ?? 1);
  const all = lines.flatMap((line) => [...line.values, ...(line.high ?? [])]);
  const rows = niceTicks(
    [0, most, ...all].map((value) => value * form.factor),
    4,
    true,
  );
  const top = (rows.at(-1) ?? 1) / form.factor;
  const x = (minute: number) => LEFT + (Math.min(Math.max(minute, 0), end) / end) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / (top || 1)) * (HEIGHT - TOP - BOTTOM);
  const columns = niceTicks([0, end], 6, true).filter((minute) => minute <= end);
  const place = (values: readonly number[]) =>
    values.map((value, index) => [x(minutes[index] ?? 0), y(value)] as const);
  const step = (rows[1] ?? 1) - (rows[0] ?? 0);
  const plain = { ...form, factor: 1, digits: step >= 1 ? 0 : 1 };
  return (
    <figure class="minute-chart">
      <ul class="minute-key" aria-hidden="true">
        {lines.length > 1 &&
          lines.map((line) => (
            <li key={line.id}>
              <i class={line.quiet ? "is-quiet" : ""} style={{ color: line.ink }} />
              {line.name}
            </li>
          ))}
      </ul>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={alt}>
        <text class="minute-text" x={0} y={12}>
          {side}
        </text>
        {rows.map((row) => (
          <g key={row}>
            <line
              class="minute-grid"
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={y(row / form.factor)}
              y2={y(row / form.factor)}
            />
            <text class="minute-text" x={LEFT - 6} y={y(row / form.factor) + 4} text-anchor="end">
              {numbers.plain(row, plain)}
            </text>
          </g>
        ))}
        {columns.map((minute) => (
          <text key={minute} class="minute-text" x={x(minute)} y={HEIGHT - 22} text-anchor="middle">
            {numbers.whole(minute)}
          </text>
        ))}
        <text class="minute-text" x={WIDTH - RIGHT} y={HEIGHT - 4} text-anchor="end">
          {below}
        </text>
        {at !== undefined && <line class="minute-at" x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />}
        {lines.map((line) => (
          <g key={line.id} style={{ color: line.ink }}>
            {line.low && line.high && (
              <path class="minute-band" d={areaPath(place(line.low), place(line.high))} />
            )}
            <path
              class={line.quiet ? "minute-line is-quiet" : "minute-line"}
              d={pathOf(place(line.values))}
            />
          </g>
        ))}
      </svg>
    </figure>
  );
}

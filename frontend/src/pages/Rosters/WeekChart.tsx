// The need of every hour of the week beside the hours on duty: seven days in a row, steps and not curves.
import { niceTicks } from "../../components/HourCurve/ticks.ts";
import { useTexts } from "../../components/texts.ts";

interface Props {
  readonly station: string;
  readonly need: readonly number[];
  readonly onDuty: readonly number[];
  /** Dashed beside it; empty for none. */
  readonly today: readonly number[];
  readonly name: string;
}

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [840, 200, 28, 8, 24];
const HOURS = 168;
const DAY = 24;

export function WeekChart({ station, need, onDuty, today, name }: Props) {
  const { say } = useTexts();
  const days = say("panel.week.days").split(" ");
  const ticks = niceTicks([0, ...need, ...onDuty, ...today], 4, true).filter(Number.isInteger);
  const most = ticks.at(-1) ?? 1;
  const x = (hour: number) => LEFT + (hour / HOURS) * (WIDTH - LEFT);
  const y = (units: number) => HEIGHT - BOTTOM - (units / most) * (HEIGHT - BOTTOM - TOP);
  const steps = (units: readonly number[]) =>
    units.map((value, hour) => `${hour === 0 ? "M" : "L"}${x(hour)} ${y(value)}H${x(hour + 1)}`).join("");
  const area = `${steps(need)}V${y(0)}H${x(0)}Z`;
  const alt = say("rosters.week_alt", {
    station,
    least: Math.min(...need),
    most: Math.max(...need),
    roster: name.toLowerCase(),
    low: onDuty.length > 0 ? Math.min(...onDuty) : "–",
    high: onDuty.length > 0 ? Math.max(...onDuty) : "–",
  });
  return (
    <figure class="week-chart">
      <div class="analysis-scroll">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={alt}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line class="week-chart-grid" x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
              <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
                {tick}
              </text>
            </g>
          ))}
          <path class="week-chart-need" d={area} />
          {days.map((day, index) => (
            <g key={day}>
              <line class="week-chart-day" x1={x(index * DAY)} x2={x(index * DAY)} y1={TOP} y2={y(0)} />
              <text x={x(index * DAY + DAY / 2)} y={HEIGHT - 6} text-anchor="middle">
                {day}
              </text>
            </g>
          ))}
          {today.length > 0 && <path class="week-chart-today" d={steps(today)} />}
          {onDuty.length > 0 && <path class="week-chart-duty" d={steps(onDuty)} />}
        </svg>
      </div>
      <figcaption class="quiet">{say("rosters.week_caption")}</figcaption>
    </figure>
  );
}

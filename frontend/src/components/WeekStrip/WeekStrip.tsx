// A week as a strip of 7 × 24 hours: drag over it or use the keys to say when somebody is on duty.
import { useRef, useState } from "preact/hooks";
import { useTexts } from "../texts.ts";
import { DAYS, hourAt, HOURS, painted, type Week } from "./hours.ts";
import "./WeekStrip.css";

interface Props {
  readonly week: Week;
  readonly label: string;
  readonly onChange: (week: Week) => void;
}

const ALL_DAYS = Array.from({ length: DAYS }, (_, day) => day);
const ALL_HOURS = Array.from({ length: HOURS }, (_, hour) => hour);
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function WeekStrip({ week, label, onChange }: Props) {
  const { say, numbers } = useTexts();
  const names = say("panel.week.days").split(" ");
  const [focus, setFocus] = useState(hourAt(0, 8));
  const stroke = useRef<{ from: number; on: boolean; before: Week } | null>(null);
  const grid = useRef<HTMLDivElement>(null);

  const move = (day: number, hour: number, paints: boolean) => {
    const next = hourAt((day + DAYS) % DAYS, (hour + HOURS) % HOURS);
    if (paints) onChange(painted(week, focus, next, week[focus] ?? false));
    setFocus(next);
    grid.current?.querySelector<HTMLElement>(`[data-hour="${next}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [day, hour] = [Math.floor(focus / HOURS), focus % HOURS];
    const step = STEPS[event.key];
    if (step) move(day + step[0], hour + step[1], event.shiftKey);
    else if (event.key === "Home") move(day, 0, event.shiftKey);
    else if (event.key === "End") move(day, HOURS - 1, event.shiftKey);
    else if (event.key === " " || event.key === "Enter") onChange(week.with(focus, !week[focus]));
    else return;
    event.preventDefault();
  };
  const hourUnder = (event: PointerEvent): number | null => {
    const under = document
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest<HTMLElement>("[data-hour]");
    return under && grid.current?.contains(under) ? Number(under.dataset["hour"]) : null;
  };
  const begin = (event: PointerEvent) => {
    const hour = hourUnder(event);
    if (hour === null) return;
    stroke.current = { from: hour, on: !week[hour], before: week };
    grid.current?.setPointerCapture(event.pointerId);
    onChange(painted(week, hour, hour, !week[hour]));
  };
  const follow = (event: PointerEvent) => {
    const now = stroke.current;
    const hour = now && hourUnder(event);
    if (now && hour !== null) onChange(painted(now.before, now.from, hour, now.on));
  };
  return (
    <div
      class="week-strip"
      role="grid"
      aria-label={label}
      ref={grid}
      onKeyDown={onKeyDown}
      onPointerDown={begin}
      onPointerMove={follow}
      onPointerUp={() => (stroke.current = null)}
      onPointerCancel={() => (stroke.current = null)}
    >
      <div class="week-strip-hours" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{numbers.hour(hour)}</span>
        ))}
      </div>
      {ALL_DAYS.map((day) => (
        <div key={day} class="week-strip-day" role="row">
          <span role="rowheader">{names[day]}</span>
          {ALL_HOURS.map((hour) => {
            const number = hourAt(day, hour);
            return (
              <span
                key={hour}
                role="gridcell"
                data-hour={number}
                tabIndex={number === focus ? 0 : -1}
                aria-selected={week[number] ?? false}
                aria-label={say("panel.week.hour", {
                  day: names[day] ?? "",
                  from: numbers.hour(hour),
                  to: numbers.hour(hour + 1),
                })}
                class={week[number] ? "is-on" : ""}
                onFocus={() => setFocus(number)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

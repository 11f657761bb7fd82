/** A generated year, hour by hour: how many units from outside were at work at once. The number stands in the cell. */
import { useState } from "preact/hooks";
import { WHOLE_PERCENT } from "../../numbers/forms.ts";
import { useTexts } from "../texts.ts";
import { monthsOf, shareWithHelp, type Month } from "./months.ts";
import "./SimultaneityCalendar.css";

interface Props {
  /** Units from outside at work at once, by day and hour; 5 stands for five or more. */
  levels: readonly (readonly number[])[];
  /** First day, as 2026-01-01. */
  start: string;
  group: string;
  /** Shades that the colour-blind tell apart, and who remembers the choice. */
  isSafe: boolean;
  onSafe: (isSafe: boolean) => void;
}

const LEVELS = [1, 2, 3, 4, 5];

export function SimultaneityCalendar({ levels, start, group, isSafe, onSafe }: Props) {
  const { say, numbers } = useTexts();
  const months = monthsOf(start, levels);
  const [chosen, setChosen] = useState(0);
  const month = months[Math.min(chosen, months.length - 1)];
  const names = say("panel.calendar.months").split(" ");
  if (!month) return null;
  const finding = say("panel.calendar.finding", {
    group,
    share: numbers.text(shareWithHelp(levels), WHOLE_PERCENT),
  });
  return (
    <div class={isSafe ? "year-calendar is-safe" : "year-calendar"}>
      <p>{finding}</p>
      <div class="year-calendar-key">
        {LEVELS.map((level) => (
          <span key={level}>
            <i class={`level-${level}`}>{level}</i>
          </span>
        ))}
        <span>{say("panel.calendar.key", { most: numbers.whole(LEVELS.length) })}</span>
        <label>
          <input type="checkbox" checked={isSafe} onChange={(event) => onSafe(event.currentTarget.checked)} />
          {say("panel.calendar.safe")}
        </label>
      </div>
      <YearStrip levels={levels} alt={finding} />
      <div class="year-calendar-months" role="group" aria-label={say("panel.calendar.choose")}>
        {months.map((one, number) => (
          <button
            key={one.first}
            type="button"
            aria-pressed={number === chosen}
            onClick={() => setChosen(number)}
          >
            {names[one.month] ?? numbers.whole(one.month + 1)}
          </button>
        ))}
      </div>
      <MonthTable month={month} name={names[month.month] ?? ""} />
      <p class="quiet">{say("panel.calendar.one_year")}</p>
    </div>
  );
}

/** All days beside one another, hours downwards: the pattern, not the figures. */
function YearStrip({ levels, alt }: { levels: readonly (readonly number[])[]; alt: string }) {
  return (
    <svg
      class="year-strip"
      viewBox={`0 0 ${levels.length} 24`}
      preserveAspectRatio="none"
      role="img"
      aria-label={alt}
    >
      {LEVELS.map((level) => (
        <path key={level} class={`level-fill-${level}`} d={cellsPath(levels, level)} />
      ))}
    </svg>
  );
}

function cellsPath(levels: readonly (readonly number[])[], level: number): string {
  let path = "";
  levels.forEach((hours, day) => {
    hours.forEach((value, hour) => {
      if (Math.min(value, LEVELS.length) === level) path += `M${day} ${hour}h1v1h-1z`;
    });
  });
  return path;
}

/** The names of so many hours stand apart: all of them have no room. */
const HOURS_APART = 3;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

function MonthTable({ month, name }: { month: Month; name: string }) {
  const { numbers } = useTexts();
  return (
    <div class="month-scroll" tabIndex={0} role="region" aria-label={name}>
      <table class="month-table" aria-label={name}>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                <span class={hour % HOURS_APART === 0 ? "" : "unseen"}>{numbers.hour(hour)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {month.days.map((hours, day) => (
            <tr key={day}>
              <th scope="row">{numbers.whole(month.firstDate + day)}</th>
              {HOURS.map((hour) => {
                const level = Math.min(hours[hour] ?? 0, LEVELS.length);
                return (
                  <td key={hour} class={`level-${level}`}>
                    {level > 0 ? level : ""}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

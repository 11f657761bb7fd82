// A week as a strip that only shows: the same picture as the one that is painted on.
import { useTexts } from "../texts.ts";
import { DAYS, hourAt, HOURS, type Week } from "./hours.ts";
import "./WeekStrip.css";

interface Props {
  readonly week: Week;
  /** What the picture says, in words. */
  readonly label: string;
}

const ALL_DAYS = Array.from({ length: DAYS }, (_, day) => day);
const ALL_HOURS = Array.from({ length: HOURS }, (_, hour) => hour);

export function WeekPicture({ week, label }: Props) {
  const { say, numbers } = useTexts();
  const names = say("panel.week.days").split(" ");
  return (
    <div class="week-strip week-picture" role="img" aria-label={label}>
      <div class="week-strip-hours">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{numbers.hour(hour)}</span>
        ))}
      </div>
      {ALL_DAYS.map((day) => (
        <div key={day} class="week-strip-day">
          <span class="week-picture-day">{names[day]}</span>
          {ALL_HOURS.map((hour) => (
            <span key={hour} class={`week-picture-hour ${week[hourAt(day, hour)] ? "is-on" : ""}`} />
          ))}
        </div>
      ))}
    </div>
  );
}

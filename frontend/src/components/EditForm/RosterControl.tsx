// When a unit is on duty: a roster of the study, chosen by name or painted as hours of the week.
import { useState } from "preact/hooks";
import { study } from "../../state/study.ts";
import { useTexts } from "../texts.ts";
import { EMPTY_WEEK, hoursOn, nearestRoster, weekOf, type Week } from "../WeekStrip/hours.ts";
import { WeekStrip } from "../WeekStrip/WeekStrip.tsx";

interface Props {
  readonly id: string;
  readonly value: string;
  readonly isWrong: boolean;
  readonly describedBy: string;
  readonly onChange: (roster: string) => void;
}

export function RosterControl({ id, value, isWrong, describedBy, onChange }: Props) {
  const { say, local, numbers } = useTexts();
  const rosters = study.value?.rosters ?? [];
  const chosen = rosters.find((one) => one.id === value);
  const [drawn, setDrawn] = useState<Week | null>(null);
  const week = drawn ?? (chosen ? weekOf(chosen.shifts) : EMPTY_WEEK);
  const nearest = drawn && hoursOn(drawn) > 0 ? nearestRoster(drawn, rosters) : null;
  const take = (roster: string) => {
    setDrawn(null);
    onChange(roster);
  };
  const draw = (next: Week) => {
    const match = nearestRoster(next, rosters);
    if (match?.apart === 0) {
      take(match.roster.id);
    } else {
      setDrawn(next);
      onChange("");
    }
  };
  return (
    <div class="control-roster">
      <select
        class="field"
        id={id}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={describedBy}
        onChange={(event) => take(event.currentTarget.value)}
      >
        <option value="">{say("forms.choose")}</option>
        {rosters.map((one) => (
          <option key={one.id} value={one.id}>
            {local(one.text)}
          </option>
        ))}
      </select>
      <WeekStrip week={week} label={say("panel.week.title")} onChange={draw} />
      <p class="quiet" role="status">
        {nearest
          ? say("panel.week.nearest", {
              roster: local(nearest.roster.text),
              hours: numbers.whole(nearest.apart),
            })
          : say("panel.week.hours", { hours: numbers.whole(hoursOn(week)) })}
      </p>
      {nearest && (
        <button type="button" class="button" onClick={() => take(nearest.roster.id)}>
          {say("panel.week.take", { roster: local(nearest.roster.text) })}
        </button>
      )}
    </div>
  );
}

// When a unit is on duty: a roster chosen by name, or hours painted on a week. Hours that no roster has become one of their own.
import { rosters } from "../../state/rosters.ts";
import type { Edit } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { EMPTY_WEEK, hoursOn, nearestRoster, weekOf, type Week } from "../WeekStrip/hours.ts";
import { addRoster, weekOfTexts } from "../WeekStrip/shifts.ts";
import { WeekStrip } from "../WeekStrip/WeekStrip.tsx";

interface Props {
  readonly id: string;
  readonly value: string;
  /** The edit that makes the roster of this name, if it is painted here. */
  readonly made: Edit | undefined;
  readonly isWrong: boolean;
  readonly describedBy: string;
  readonly onChange: (roster: string, made?: Edit) => void;
}

export function RosterControl({ id, value, made, isWrong, describedBy, onChange }: Props) {
  const { say, local, numbers } = useTexts();
  const known = rosters.value;
  const chosen = known.find((one) => one.id === value);
  const drawn = made ? weekOfTexts(made["shifts"] as readonly string[]) : null;
  const week = drawn ?? (chosen ? weekOf(chosen.shifts) : EMPTY_WEEK);
  const nearest = drawn && nearestRoster(drawn, known);
  const draw = (next: Week) => {
    const match = nearestRoster(next, known);
    if (match?.apart === 0) onChange(match.roster.id);
    else if (hoursOn(next) === 0) onChange("");
    else {
      const edit = addRoster(
        next,
        known.map((one) => one.id),
      );
      onChange(String(edit["id"]), edit);
    }
  };
  const hours = numbers.whole(hoursOn(week));
  return (
    <div class="control-roster">
      <select
        class="field"
        id={id}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{say("forms.choose")}</option>
        {made && <option value={String(made["id"])}>{say("panel.week.new", { hours })}</option>}
        {known.map((one) => (
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
          : made
            ? say("panel.week.own")
            : say("panel.week.hours", { hours })}
      </p>
      {nearest && (
        <button type="button" class="button" onClick={() => onChange(nearest.roster.id)}>
          {say("panel.week.take", { roster: local(nearest.roster.text) })}
        </button>
      )}
    </div>
  );
}

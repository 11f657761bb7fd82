// What the roads come to in figures: reach, speeds, faults and projects, each a table under its heading.
import type { Reach, Roads } from "../../api/roads.ts";
import { useTexts } from "../../components/texts.ts";
import { COUNT, PEOPLE, type Form } from "../../numbers/forms.ts";
import { findAlternative } from "../../state/drafts.ts";
import { speedAt, type When } from "./speeds.ts";

const TENTH: Form = { unit: "count", factor: 1, digits: 1 };

export function ReachTable({ reach }: { reach: Reach }) {
  const { say, numbers } = useTexts();
  const widest = reach.areas[0];
  const whole = (value: number | null) => (value === null ? "–" : numbers.plain(value, PEOPLE));
  const minutes = (value: number) => numbers.text(value * 60, { unit: "min", factor: 1 / 60, digits: 0 });
  const finding =
    widest && widest.km2 > 0
      ? say("roads.reach_finding", {
          minutes: minutes(widest.minutes),
          people: whole(widest.people),
          km2: numbers.plain(widest.km2, COUNT),
        })
      : say("roads.reach_none");
  return (
    <section aria-labelledby="roads-reach">
      <h2 id="roads-reach">{say("roads.reach_title")}</h2>
      <p role="status">{finding}</p>
      <table class="analysis-table">
        <thead>
          <tr>
            <th scope="col">{say("roads.col_minutes")}</th>
            <th scope="col" class="is-number">
              {say("roads.col_people")}
            </th>
            <th scope="col" class="is-number">
              {say("roads.col_km2")}
            </th>
            {widest?.road_km !== null && (
              <th scope="col" class="is-number">
                {say("roads.col_road_km")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {reach.areas.toReversed().map((one) => (
            <tr key={one.minutes}>
              <th scope="row">{minutes(one.minutes)}</th>
              <td class="is-number">{whole(one.people)}</td>
              <td class="is-number">{numbers.plain(one.km2, TENTH)}</td>
              {one.road_km !== null && <td class="is-number">{numbers.plain(one.road_km, COUNT)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{say("roads.reach_unit")}</p>
    </section>
  );
}

export function SpeedTable({ roads, when }: { roads: Roads; when: When }) {
  const { say, numbers, local } = useTexts();
  const isMap = roads.form === "map";
  return (
    <section aria-labelledby="roads-speeds">
      <h2 id="roads-speeds">{say("roads.speeds_title")}</h2>
      <table class="analysis-table">
        <thead>
          <tr>
            <th scope="col">{say("roads.col_class")}</th>
            <th scope="col" class="is-number">
              {say("roads.col_km")}, km
            </th>
            <th scope="col" class="is-number">
              {say(isMap ? "roads.col_limit" : "roads.col_ordinary")}, {say("roads.legend_speed")}
            </th>
            <th scope="col" class="is-number">
              {say("roads.col_speed")}, {say("roads.legend_speed")}
            </th>
          </tr>
        </thead>
        <tbody>
          {roads.speeds.map((row) => (
            <tr key={row.id}>
              <th scope="row">{local(row.name)}</th>
              <td class="is-number">{row.km === null ? "–" : numbers.plain(row.km, TENTH)}</td>
              <td class="is-number">{numbers.plain(row.limit_kmh, COUNT)}</td>
              <td class="is-number">
                {numbers.plain(speedAt(row, row.limit_kmh, when, roads.least_kmh), COUNT)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isMap && <p class="quiet">{say("roads.speeds_note")}</p>}
    </section>
  );
}

interface FaultProps {
  readonly roads: Roads;
  readonly chosen: string | undefined;
  readonly onChoose: (reason: string | null) => void;
}

export function FaultTable({ roads, chosen, onChoose }: FaultProps) {
  const { say, numbers, local } = useTexts();
  return (
    <section aria-labelledby="roads-faults">
      <h2 id="roads-faults">{say("roads.faults_title")}</h2>
      {roads.form !== "map" && <p class="quiet">{say("roads.faults_own")}</p>}
      {roads.form === "map" && roads.faults.length === 0 && <p class="quiet">{say("roads.faults_none")}</p>}
      {roads.faults.length > 0 && (
        <table class="analysis-table">
          <thead>
            <tr>
              <th scope="col">{say("roads.col_reason")}</th>
              <th scope="col" class="is-number">
                {say("roads.col_segments")}
              </th>
              <th scope="col">{say("roads.col_what")}</th>
              <th scope="col">{say("roads.on_map")}</th>
            </tr>
          </thead>
          <tbody>
            {roads.faults.map((one) => (
              <tr key={one.reason}>
                <th scope="row">{local(one.message)}</th>
                <td class="is-number">{numbers.whole(one.count)}</td>
                <td>{say(one.left_out ? "roads.left_out" : "roads.used")}</td>
                <td>
                  {one.places.length > 0 && (
                    <button
                      type="button"
                      class="button"
                      aria-pressed={one.reason === chosen}
                      aria-label={`${say("roads.on_map")}: ${local(one.message)}`}
                      onClick={() => onChoose(one.reason === chosen ? null : one.reason)}
                    >
                      {numbers.whole(one.places.length)}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function ProjectTable({ roads }: { roads: Roads }) {
  const { say, local } = useTexts();
  return (
    <section aria-labelledby="roads-projects">
      <h2 id="roads-projects">{say("roads.projects_title")}</h2>
      {roads.projects.length === 0 ? (
        <p class="quiet">{say("roads.projects_none")}</p>
      ) : (
        <table class="analysis-table">
          <thead>
            <tr>
              <th scope="col">{say("roads.col_alternative")}</th>
              <th scope="col">{say("roads.col_project")}</th>
              <th scope="col">{say("roads.col_holds", { year: roads.year })}</th>
            </tr>
          </thead>
          <tbody>
            {roads.projects.map((one, number) => (
              <tr key={number}>
                <th scope="row">{local(findAlternative(one.alternative)?.title) || one.alternative}</th>
                <td>{local(one.text)}</td>
                <td>{say(one.holds ? "roads.holds" : "roads.not_yet")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
